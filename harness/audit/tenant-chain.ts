/**
 * Follows the chain of one tenant, row by row in the order of numbers, and tells what does not fit. Rows that fit are forgotten at
 * once: memory is bounded by the rows that do not.
 */
import type { AuditEvent, AuditHead } from './audit-event.ts';
import type { AuditProblem, AuditProblemKind } from './audit-problem.ts';
import { hashEvent, nothingBefore } from './hash-event.ts';

/** Rows that do not fit are held against each other to tell what was moved from what was changed; of so many at most. */
const MOST_COMPARED = 50;

export class TenantChain {
  readonly tenantId: string;
  readonly problems: AuditProblem[] = [];
  events = 0;
  readonly #anchored: AuditHead | undefined;
  readonly #unfit: AuditEvent[] = [];
  #last: { number: bigint; hash: Buffer; fits: boolean } = { number: 0n, hash: nothingBefore, fits: true };

  constructor(tenantId: string, anchored?: AuditHead) {
    this.tenantId = tenantId;
    this.#anchored = anchored;
  }

  add(event: AuditEvent): void {
    this.events += 1;
    const expected = this.#last.number + 1n;
    if (event.number > expected) this.#tell('removed', expected, event.number - 1n, 'the numbers are missing');
    if (event.number < expected) this.#tell('inserted', event.number, event.number, 'the number is there twice');
    const fits = hashEvent(event).equals(event.hash);
    // What a row remembers of one that does not fit is no news.
    const linked = event.number !== expected || !this.#last.fits || event.previousHash.equals(this.#last.hash);
    if (!fits) this.#keepUnfit(event);
    else if (!linked) this.#tellBrokenLink(event);
    this.#compareWithAnchor(event);
    this.#last = { number: event.number, hash: event.hash, fits };
  }

  /** After the last row; `head` is what the database says it should have been. */
  end(head: AuditHead | undefined): AuditProblem[] {
    this.#sortUnfit();
    const { number, hash } = this.#last;
    if (head === undefined) {
      if (this.events > 0) this.#tell('no-head', 1n, number, 'the tenant has events, and no head that says how many');
    } else if (head.number > number) {
      this.#tell('removed', number + 1n, head.number, `the head says that there are ${head.number} events`);
    } else if (head.number < number) {
      this.#tell('inserted', head.number + 1n, number, `the head says that there are ${head.number} events`);
    } else if (!head.hash.equals(hash)) {
      this.#tell('changed', number, number, 'the head remembers another hash: the row was replaced, or the head was');
    }
    if (this.#anchored !== undefined && this.#anchored.number > number) {
      this.#tell('anchor', number + 1n, this.#anchored.number, 'the anchor remembers more events than there are');
    }
    return this.problems;
  }

  /** The row fits itself, but remembers another hash before it than the row before it has. */
  #tellBrokenLink({ number }: AuditEvent): void {
    const before = number - 1n;
    if (before === 0n) {
      this.#tell('changed', number, number, 'the first event remembers one before it');
      return;
    }
    this.#tell(
      'changed',
      before,
      before,
      `event ${number} remembers another hash for it: it was replaced, hash and all`,
    );
  }

  #keepUnfit(event: AuditEvent): void {
    if (this.#unfit.length < MOST_COMPARED) this.#unfit.push(event);
    else this.#tell('changed', event.number, event.number, 'the hash is not that of the row');
  }

  /** Moved, if its content and the place of another row that does not fit make the hash of either. */
  #sortUnfit(): void {
    for (const event of this.#unfit) {
      const origin = this.#unfit.find((other) => other !== event && fitsPlaceOf(event, other));
      if (origin === undefined) {
        this.#tell('changed', event.number, event.number, 'the hash is not that of the row');
      } else {
        this.#tell('reordered', event.number, event.number, `the row belongs to the number ${origin.number}`);
      }
    }
  }

  #compareWithAnchor(event: AuditEvent): void {
    if (this.#anchored?.number !== event.number || this.#anchored.hash.equals(event.hash)) return;
    this.#tell('anchor', 1n, event.number, 'the anchor remembers another hash: the chain was made anew since');
  }

  #tell(kind: AuditProblemKind, from: bigint, to: bigint, what: string): void {
    this.problems.push({ tenantId: this.tenantId, kind, from, to, what });
  }
}

/** Whether the content of one row was hashed at the place of the other, whichever columns went along with the move. */
function fitsPlaceOf(event: AuditEvent, place: AuditEvent): boolean {
  return [event.previousHash, place.previousHash].some((previousHash) => {
    const hash = hashEvent({ ...event, number: place.number, previousHash });
    return hash.equals(event.hash) || hash.equals(place.hash);
  });
}
