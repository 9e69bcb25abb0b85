/** For integration tests: a proxy to Postgres that keeps answers back until it has seen a text from the client. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { OwnEnvironment } from './own-service.ts';

export interface WithholdingProxy {
  port: number;
  /** From now on no answer passes until the client has sent the text: a client that waits for one waits forever. */
  begin(): void;
  stop(): Promise<void>;
}

export async function startWithholdingProxy({ variables }: OwnEnvironment, text: string): Promise<WithholdingProxy> {
  let withholding = false;
  let held: Buffer[] = [];
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(variables['ALPHAPULSE_DATABASE_PORT']), variables['ALPHAPULSE_DATABASE_HOST']);
    sockets.push(client, upstream);
    client.on('data', (chunk) => {
      upstream.write(chunk);
      if (!chunk.includes(text)) return;
      withholding = false;
      for (const answer of held) client.write(answer);
      held = [];
    });
    upstream.on('data', (chunk) => {
      if (withholding) held.push(chunk);
      else client.write(chunk);
    });
    client.on('close', () => upstream.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy does not listen');
  return {
    port: address.port,
    begin: () => {
      withholding = true;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
