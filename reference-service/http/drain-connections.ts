/** While draining: connections close as soon as what is under way on them is answered. */
import type { FastifyInstance } from 'fastify';

const idleCheckMs = 50;

/** Tells clients that are answered while draining not to send more on this connection. */
export function announceClosing(app: FastifyInstance, isDraining: () => boolean): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (isDraining()) reply.header('connection', 'close');
    done(null, payload);
  });
}

/**
 * Stops listening and resolves when every request is answered. Closing a server closes the connections that are idle at
 * that moment; one that becomes idle later would be kept open for its keep-alive time.
 */
export async function closeDrained(app: FastifyInstance): Promise<void> {
  const timer = setInterval(() => app.server.closeIdleConnections(), idleCheckMs);
  await app.close();
  clearInterval(timer);
}
