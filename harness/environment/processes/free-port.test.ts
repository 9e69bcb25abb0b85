/** A taken port is refused by name; a free one that is lost in the last moment is replaced. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFreePort, LOOPBACK, requireFreePort, saysAddressInUse, startOnPort } from './free-port.ts';

let holder: Server;
let taken = 0;

beforeEach(async () => {
  holder = createServer().listen(0, LOOPBACK);
  await once(holder, 'listening');
  taken = (holder.address() as AddressInfo).port;
});

afterEach(() => {
  holder.close();
});

describe('ports', () => {
  it('names the port, its purpose and who has it', async () => {
    const refusal = requireFreePort(taken, 'Redis');
    await expect(refusal).rejects.toMatchObject({ code: 'PORT_TAKEN' });
    await expect(refusal).rejects.toThrow(
      new RegExp(`port ${taken} for Redis is taken by (process ${process.pid} |another process)`),
    );
  });

  it('gives out no port twice', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, findFreePort));
    expect(new Set(ports).size).toBe(50);
  });

  it('takes another free port when one is lost', async () => {
    const tried: number[] = [];
    const start = (port: number) => {
      tried.push(port);
      return tried.length < 3 ? Promise.reject(new Error('bind: Address already in use')) : Promise.resolve(port);
    };
    expect(await startOnPort({ wanted: undefined, purpose: 'x', start, lostPort: saysAddressInUse })).toBe(tried[2]);
  });

  it('does not try again after another failure', async () => {
    const start = () => Promise.reject(new Error('no such file'));
    await expect(startOnPort({ wanted: undefined, purpose: 'x', start, lostPort: saysAddressInUse })).rejects.toThrow(
      'no such file',
    );
  });
});
