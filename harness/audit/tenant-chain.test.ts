/** Every way in which a log is tampered with is told, by number, and an intact one is not. */
import { describe, expect, it } from 'vitest';
import type { AuditEvent, AuditHead } from './audit-event.ts';
import { hashEvent } from './hash-event.ts';
import { TenantChain } from './tenant-chain.ts';
import { buildChain, headOf, tenantId } from './testing/build-chain.ts';

const intact = buildChain(8);
const head = headOf(intact);

function told(events: readonly AuditEvent[], ends: AuditHead | null = head, anchored?: AuditHead): string[] {
  const chain = new TenantChain(tenantId, anchored);
  for (const event of events) chain.add(event);
  return chain.end(ends ?? undefined).map(({ kind, from, to }) => `${kind} ${from}-${to}`);
}

/** The chain with some events changed, by number. */
function withChanges(changes: Record<number, Partial<AuditEvent>>): AuditEvent[] {
  return intact.map((event) => ({ ...event, ...changes[Number(event.number)] }));
}

/** Everything from a number on computed anew, as a superuser could. */
function rewrittenFrom(number: bigint): AuditEvent[] {
  const events: AuditEvent[] = [];
  for (const event of intact) {
    const changed = event.number === number ? { ...event, subject: 'order:another' } : event;
    const linked = { ...changed, previousHash: events.at(-1)?.hash ?? event.previousHash };
    events.push({ ...linked, hash: hashEvent(linked) });
  }
  return events;
}

describe('a chain', () => {
  it('that is intact has no problem, nor has an empty one', () => {
    expect(told(intact)).toEqual([]);
    expect(told([], null)).toEqual([]);
  });

  it.each<[keyof AuditEvent, Partial<AuditEvent>]>([
    ['id', { id: 9n }],
    ['actorId', { actorId: tenantId }],
    ['action', { action: 'order.cancelled' }],
    ['subject', { subject: 'order:0' }],
    ['detail', { detail: '{"a": 1}' }],
    ['occurredAtMicroseconds', { occurredAtMicroseconds: 0n }],
    ['hash', { hash: Buffer.alloc(32, 1) }],
  ])('tells a changed %s', (_field, change) => {
    expect(told(withChanges({ 4: change }))).toContain('changed 4-4');
  });

  it('tells a row that was replaced together with its hash, by the row after it or by the head', () => {
    const replaced = (number: number): AuditEvent[] => {
      const events = withChanges({ [number]: { subject: 'order:0' } });
      return events.map((event) => (Number(event.number) === number ? { ...event, hash: hashEvent(event) } : event));
    };
    expect(told(replaced(4))).toEqual(['changed 4-4']);
    expect(told(replaced(8))).toEqual(['changed 8-8']);
  });

  it('tells what was removed: in the middle, at the start, at the end, all of it', () => {
    expect(told(intact.toSpliced(2, 2))).toEqual(['removed 3-4']);
    expect(told(intact.slice(1))).toEqual(['removed 1-1']);
    expect(told(intact.slice(0, -3))).toEqual(['removed 6-8']);
    expect(told([])).toEqual(['removed 1-8']);
  });

  it('tells rows that changed places, by numbers or by content', () => {
    const [third, sixth] = [intact[2], intact[5]];
    if (third === undefined || sixth === undefined) throw new Error('the chain is too short');
    const renumbered = withChanges({ 3: { ...sixth, number: 3n }, 6: { ...third, number: 6n } });
    expect(told(renumbered)).toEqual(['reordered 3-3', 'reordered 6-6']);
    const { number: n3, hash: h3, previousHash: p3 } = third;
    const { number: n6, hash: h6, previousHash: p6 } = sixth;
    const content = withChanges({
      3: { ...sixth, number: n3, hash: h3, previousHash: p3 },
      6: { ...third, number: n6, hash: h6, previousHash: p6 },
    });
    expect(told(content)).toEqual(['reordered 3-3', 'reordered 6-6']);
  });

  it('tells rows that were put in: after the head, or with a number that is taken', () => {
    expect(told(intact, headOf(intact.slice(0, 6)))).toEqual(['inserted 7-8']);
    const forged = { ...(intact[3] as AuditEvent), subject: 'order:forged' };
    expect(told(intact.toSpliced(4, 0, { ...forged, hash: hashEvent(forged) }))).toContain('inserted 4-4');
  });

  it('tells a missing head, and one with another hash', () => {
    expect(told(intact, null)).toEqual(['no-head 1-8']);
    expect(told(intact, { ...head, hash: Buffer.alloc(32) })).toEqual(['changed 8-8']);
  });

  it('that was made anew to its end is told by an anchor, and by nothing else', () => {
    const anew = rewrittenFrom(3n);
    expect(told(anew, headOf(anew))).toEqual([]);
    expect(told(anew, headOf(anew), headOf(intact.slice(0, 5)))).toEqual(['anchor 1-5']);
    expect(told(anew, headOf(anew), headOf(intact.slice(0, 2)))).toEqual([]);
    expect(told(intact.slice(0, 4), headOf(intact.slice(0, 4)), head)).toEqual(['anchor 5-8']);
  });

  it('with very many changed rows is told row by row', () => {
    const long = buildChain(300).map((event) => ({ ...event, action: 'changed' }));
    expect(told(long, headOf(long))).toHaveLength(300);
  });
});
