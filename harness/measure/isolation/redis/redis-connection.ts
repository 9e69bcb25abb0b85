/** Connections to Redis that send nothing of their own accord, and replies that tell a refusal from silence. */
import { Redis } from 'ioredis';
import type { System } from '../../../model/system.ts';

const timeoutMs = 5_000;

/** As a user, or as nobody: then only `AUTH` is answered. */
export async function connectRedis(
  { host, port }: Pick<System['redis'], 'host' | 'port'>,
  login: { username?: string; password?: string } = {},
): Promise<Redis> {
  const client = new Redis({
    ...{ host, port, ...login },
    // What a client asks by itself (HELLO, INFO, CLIENT) needs rights that the users under test have not got.
    protocol: 2,
    enableReadyCheck: false,
    disableClientInfo: true,
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // The rejected call tells the same; without a listener it would be printed besides.
  const problems: Error[] = [];
  client.on('error', (error) => problems.push(error));
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.disconnect();
    throw problems[0] ?? error;
  }
}

export type Reply =
  | { kind: 'answered'; value: unknown }
  /** `code` is the first word of the error, such as NOPERM or WRONGPASS. */
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'silent'; message: string };

/** Never rejects. */
export async function tryCommand(client: Redis, [name = '', ...args]: readonly (string | Buffer)[]): Promise<Reply> {
  try {
    return { kind: 'answered', value: await client.call(String(name), args) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && error.name === 'ReplyError') {
      return { kind: 'refused', code: message.split(' ', 1)[0] ?? '', message };
    }
    return { kind: 'silent', message };
  }
}
