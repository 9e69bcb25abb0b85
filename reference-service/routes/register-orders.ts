/** Routes that read orders. */
import { getOrder, listOrders } from '../queries/orders.ts';
import { byIdSchema } from '../schemas/fields.ts';
import { orderSchema, orderStatusSchema } from '../schemas/order.ts';
import { pageOf, pageQuery, toPage } from '../schemas/page.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import { found } from './found.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['orders'];

export function registerOrders(app: RouteApp, { database }: Services): void {
  app.get(
    '/api/v1/orders',
    {
      schema: {
        tags,
        querystring: pageQuery('time', 'uuid').extend({ status: orderStatusSchema.optional() }),
        response: { 200: pageOf(orderSchema), ...errorResponses },
      },
    },
    async (request) => {
      const { tenantId } = principalOf(request);
      const { limit, cursor, status } = request.query;
      const [rows] = await database.asTenant(tenantId, listOrders(tenantId, { limit, cursor, filter: status ?? null }));
      return toPage(rows, limit, (row) => [row.createdAt, row.id]);
    },
  );

  app.get(
    '/api/v1/orders/:id',
    { schema: { tags, params: byIdSchema, response: { 200: orderSchema, ...errorResponses } } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const [rows] = await database.asTenant(tenantId, getOrder(tenantId, request.params.id));
      return found(rows);
    },
  );
}
