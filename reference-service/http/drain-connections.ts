/** While draining: connections close as soon as what is under way on them is answered. */
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const idleCheckMs = 50;
/** From connecting to the first request, TLS handshake and all: whoever connects to ask something, asks at once. */
const firstRequestMs = 1_000;

interface Unused {
  socket: Socket;
  openedAtMs: number;
}

/**
 * Makes `app.close()` resolve when every request is answered. Closing a server closes the connections that are idle at that moment;
 * one that becomes idle later would be kept open for its keep-alive time, and one that a browser or a client opened in advance counts
 * as busy until its first request (Node, "server.closeIdleConnections()"), and does not count at all before its TLS handshake.
 */
export function drainConnections(app: FastifyInstance, isDraining: () => boolean): void {
  const unused = watchUnused(app);
  let timer: NodeJS.Timeout | undefined;
  // Tells clients that are answered while draining not to send more on this connection.
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (isDraining()) reply.header('connection', 'close');
    done(null, payload);
  });
  app.addHook('preClose', (done) => {
    timer = setInterval(() => {
      app.server.closeIdleConnections();
      const now = performance.now();
      for (const { socket, openedAtMs } of unused.values()) if (now - openedAtMs > firstRequestMs) socket.destroy();
    }, idleCheckMs);
    done();
  });
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    done();
  });
}

/**
 * Connections on which no request has come yet, with the monotonic time at which they were opened, by the client's address and port:
 * those of a request over TLS are of another object than the connection that was taken before the handshake.
 */
function watchUnused({ server }: FastifyInstance): Map<string, Unused> {
  const unused = new Map<string, Unused>();
  server.on('connection', (socket: Socket) => {
    const client = clientOf(socket);
    const opened = { socket, openedAtMs: performance.now() };
    unused.set(client, opened);
    socket.once('close', () => {
      // The port may have come back already.
      if (unused.get(client) === opened) unused.delete(client);
    });
  });
  server.on('request', ({ socket }) => unused.delete(clientOf(socket)));
  return unused;
}

const clientOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;
