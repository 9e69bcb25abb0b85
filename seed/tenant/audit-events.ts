/** Audit events: each names a row that exists, and they are numbered in the order of time. */
import { anchorMs, DAY_MS } from '../market/trading-days.ts';
import { appendRow, escapeField, formatTime } from '../text/copy-text.ts';
import { withCanary } from './tenant-context.ts';
import type { TenantContext } from './tenant-context.ts';

/** Ids are bigints of the whole table; a range for each tenant, so that none has to wait for another's count. */
const IDS_PER_TENANT = 10_000_000;
const HISTORY_DAYS = 180;
/** Routine events happen before the session of the anchor day ends. */
const LATEST_IN_DAY_MS = 20 * 3_600_000;
const LIMIT_REVIEW_PERCENT = 25;

/** Events that are not about an order: logins, and reviews of risk limits by an admin. */
export function addRoutineEvents(tenant: TenantContext, count: number, riskLimitIds: readonly string[]): void {
  const { random, auditEvents } = tenant;
  const active = tenant.users.filter((user) => user.active);
  const admins = active.filter((user) => user.role === 'admin');
  for (let number = 0; number < count; number += 1) {
    const occurredAtMs = anchorMs - random.below(HISTORY_DAYS) * DAY_MS + random.below(LATEST_IN_DAY_MS);
    if (random.percent(LIMIT_REVIEW_PERCENT)) {
      const subject = `risk_limit:${random.pick(riskLimitIds)}`;
      const note = 'limit reviewed';
      auditEvents.push({ actorId: random.pick(admins).id, action: 'risk_limit.updated', subject, note, occurredAtMs });
    } else {
      const actorId = random.pick(active).id;
      auditEvents.push({ actorId, action: 'auth.login', subject: `user:${actorId}`, note: 'signed in', occurredAtMs });
    }
  }
}

export function writeAuditEvents(tenant: TenantContext): void {
  const inOrder = tenant.auditEvents.toSorted((a, b) => a.occurredAtMs - b.occurredAtMs);
  inOrder.forEach((event, index) => {
    const detail = JSON.stringify({ note: withCanary(event.note, tenant) });
    appendRow(tenant.tables.audit_events, [
      `${tenant.plan.index * IDS_PER_TENANT + index + 1}`,
      tenant.id,
      event.actorId,
      event.action,
      event.subject,
      escapeField(detail),
      formatTime(event.occurredAtMs),
    ]);
  });
}
