/** While draining: connections close as soon as what is under way on them is answered. */
import type { Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { FastifyInstance } from 'fastify';

const idleCheckMs = 50;
/** From connecting to the first request: whoever connects to ask something, asks at once. */
const firstRequestMs = 1_000;

/**
 * Makes `app.close()` resolve when every request is answered. Closing a server closes the connections that are idle at that moment;
 * one that becomes idle later would be kept open for its keep-alive time, and one that a browser or a client opened in advance counts
 * as busy until its first request (Node, "server.closeIdleConnections()").
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
      for (const [socket, openedAtMs] of unused) if (now - openedAtMs > firstRequestMs) socket.destroy();
    }, idleCheckMs);
    done();
  });
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    done();
  });
}

/** Connections on which no request has come yet, with the monotonic time at which they were opened. */
function watchUnused({ server }: FastifyInstance): Map<Socket, number> {
  const unused = new Map<Socket, number>();
  server.on(server instanceof TlsServer ? 'secureConnection' : 'connection', (socket: Socket) => {
    unused.set(socket, performance.now());
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  return unused;
}
