/** The route that reads the audit log; administrators only. */
import { listAuditEvents } from '../queries/audit.ts';
import { auditEventSchema } from '../schemas/audit-event.ts';
import { pageOf, pageQuery, toPage } from '../schemas/page.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['administration'];

export function registerAuditEvents(app: RouteApp, { database }: Services): void {
  app.get(
    '/api/v1/audit-events',
    {
      schema: {
        tags,
        querystring: pageQuery('integer'),
        response: { 200: pageOf(auditEventSchema), ...errorResponses },
      },
    },
    async (request) => {
      const { tenantId } = principalOf(request);
      const [rows] = await database.asTenant(tenantId, listAuditEvents(tenantId, request.query));
      return toPage(rows, request.query.limit, (row) => [row.id]);
    },
  );
}
