/** Routes that place and cancel orders. */
import type { Database } from '../database/database.ts';
import { violatedConstraint } from '../database/database-failure.ts';
import { ApiError } from '../errors/api-error.ts';
import { cancelOrder, createOrder, getOrder } from '../queries/orders.ts';
import { byIdSchema } from '../schemas/fields.ts';
import { idempotencyHeadersSchema, newOrderSchema, orderSchema } from '../schemas/order.ts';
import type { NewOrder, Order } from '../schemas/order.ts';
import type { Services } from '../services.ts';
import { principalOf, type Principal } from '../session/principal.ts';
import { found } from './found.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['orders'];

/** A reference to another tenant's row violates the same constraint as one to no row at all. */
function toOrderError(error: unknown): unknown {
  const constraint = violatedConstraint(error);
  if (constraint === 'orders_instrument_fkey') return new ApiError('UNKNOWN_INSTRUMENT', { cause: error });
  if (constraint === 'orders_portfolio_fkey' || constraint === 'orders_strategy_fkey') {
    return new ApiError('NOT_FOUND', { cause: error });
  }
  return error;
}

interface Placement {
  order: Order;
  created: boolean;
}

/** Creates the order, or finds the one that this key has made before; one round trip either way. */
async function placeOrder(database: Database, principal: Principal, key: string, order: NewOrder): Promise<Placement> {
  const { tenantId, userId } = principal;
  const queries = createOrder(tenantId, key, order, userId);
  const [created, kept] = await database.asTenant(tenantId, ...queries).catch((error: unknown) => {
    throw toOrderError(error);
  });
  const { same, ...stored } = found(kept);
  if (!same) throw new ApiError('IDEMPOTENCY_KEY_REUSED');
  return { order: stored, created: created.length > 0 };
}

export function registerOrderPlacement(app: RouteApp, { database }: Services): void {
  app.post(
    '/api/v1/orders',
    {
      schema: {
        tags,
        headers: idempotencyHeadersSchema,
        body: newOrderSchema,
        response: { 200: orderSchema.describe('Sent before: the same order.'), 201: orderSchema, ...errorResponses },
      },
    },
    async (request, reply) => {
      const key = request.headers['idempotency-key'];
      const { order, created } = await placeOrder(database, principalOf(request), key, request.body);
      return reply.status(created ? 201 : 200).send(order);
    },
  );

  app.post(
    '/api/v1/orders/:id/cancel',
    { schema: { tags, params: byIdSchema, response: { 200: orderSchema, ...errorResponses } } },
    async (request) => {
      const { tenantId, userId } = principalOf(request);
      const { id } = request.params;
      const [cancelled, kept] = await database.asTenant(
        tenantId,
        cancelOrder(tenantId, id, userId),
        getOrder(tenantId, id),
      );
      found(kept);
      const [order] = cancelled;
      if (order === undefined) throw new ApiError('ORDER_NOT_CANCELLABLE');
      return order;
    },
  );
}
