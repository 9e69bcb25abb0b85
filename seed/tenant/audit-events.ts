/** Audit events: each names a row that exists; they are numbered, and chained by their hashes, in the order of time. */
import { anchorMs, DAY_MS } from '../market/trading-days.ts';
import { appendRow, escapeField, formatBytes, formatTime } from '../text/copy-text.ts';
import { AuditChain } from './audit-chain.ts';
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

/** The events in the order of time, chained, and the head that says where the chain ends. */
export function writeAuditEvents(tenant: TenantContext): void {
  const chain = new AuditChain();
  const inOrder = tenant.auditEvents.toSorted((a, b) => a.occurredAtMs - b.occurredAtMs);
  inOrder.forEach((event, index) => {
    const id = tenant.plan.index * IDS_PER_TENANT + index + 1;
    // With the space that Postgres puts after the colon: the hash is over the text that it prints.
    const detail = `{"note": ${JSON.stringify(withCanary(event.note, tenant))}}`;
    const { actorId, action, subject, occurredAtMs } = event;
    const link = chain.add({ id: BigInt(id), tenantId: tenant.id, actorId, action, subject, detail, occurredAtMs });
    appendRow(tenant.tables.audit_events, [
      `${id}`,
      tenant.id,
      actorId,
      action,
      subject,
      escapeField(detail),
      formatTime(occurredAtMs),
      `${link.number}`,
      formatBytes(link.previousHash),
      formatBytes(link.hash),
    ]);
  });
  const { number, hash } = chain.last;
  appendRow(tenant.tables.audit_heads, [tenant.id, `${number}`, formatBytes(hash)]);
}
