/** Ports on loopback: free ones from the kernel, and a clear answer when the one that was asked for is taken. */
import { createServer, type AddressInfo } from 'node:net';
import { SignoffError } from '../../model/errors.ts';
import { findPortHolder } from './port-holder.ts';

export const LOOPBACK = '127.0.0.1';

/** Other programs take ports too: between our asking and the server's binding one may be gone. */
const MOST_ATTEMPTS = 5;

async function bindOnce(port: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      const bound = (server.address() as AddressInfo).port;
      server.close(() => resolve(bound));
    });
  });
}

const given = new Set<number>();

/** A port that nothing listens on now and that was not given out before by this process. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = await bindOnce(0);
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
}

/** Rejects with PORT_TAKEN, naming the port, who wants it and, where the system tells, who has it. */
export async function requireFreePort(port: number, purpose: string): Promise<void> {
  try {
    await bindOnce(port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES') {
      throw new SignoffError('BAD_ARGUMENT', `port ${port} for ${purpose} is below 1024, which only root may use`, {
        hint: 'Choose a port of 1024 or above.',
        cause: error,
      });
    }
    if (code !== 'EADDRINUSE') throw error;
    const holder = await findPortHolder(port);
    const by = holder === null ? 'another process' : `process ${holder.pid} (${holder.command})`;
    throw new SignoffError('PORT_TAKEN', `port ${port} for ${purpose} is taken by ${by}`, { cause: error });
  }
}

export interface PortedStart<T> {
  /** The port that was asked for; undefined: any free one. */
  wanted: number | undefined;
  purpose: string;
  start: (port: number) => Promise<T>;
  /** Whether a failed start was for want of the port. */
  lostPort: (error: unknown) => boolean;
}

/** Starts something on the wanted port or on a free one; a free one that is lost meanwhile is replaced by another. */
export async function startOnPort<T>({ wanted, purpose, start, lostPort }: PortedStart<T>): Promise<T> {
  if (wanted !== undefined) {
    await requireFreePort(wanted, purpose);
    return start(wanted);
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await findFreePort());
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !lostPort(error)) throw error;
    }
  }
}

/** Every server says it in these words or with this code when its port is taken. */
export function saysAddressInUse(error: unknown): boolean {
  return error instanceof Error && /EADDRINUSE|address already in use/i.test(error.message);
}
