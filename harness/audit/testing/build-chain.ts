/** A chain of events as the database would have made it. For tests. */
import type { AuditEvent, AuditHead } from '../audit-event.ts';
import { hashEvent, nothingBefore } from '../hash-event.ts';

export const tenantId = '00000000-0000-4000-8000-00000000000a';

export function buildChain(length: number): AuditEvent[] {
  const events: AuditEvent[] = [];
  for (let number = 1n; number <= BigInt(length); number += 1n) {
    const event = {
      ...{ tenantId, number, previousHash: events.at(-1)?.hash ?? nothingBefore, hash: nothingBefore },
      ...{ id: 100n + number, actorId: null, action: 'order.created', subject: `order:${number}`, detail: '{}' },
      occurredAtMicroseconds: 1_700_000_000_000_000n + number,
    };
    events.push({ ...event, hash: hashEvent(event) });
  }
  return events;
}

export function headOf(events: readonly AuditEvent[]): AuditHead {
  const last = events.at(-1);
  return { tenantId, number: last?.number ?? 0n, hash: last?.hash ?? nothingBefore };
}
