/** What Postgres answers to one statement of a probe, and what the answer says about a right. */
import pg from 'pg';
import type { Look } from '../look.ts';

export interface Answer {
  /** SQLSTATE; 00000 where there was no error. */
  state: string;
  message: string;
  rows: Record<string, unknown>[];
  /** Rows read, or changed. */
  count: number;
}

export const SUCCESS = '00000';
/** A violated WITH CHECK, a missing grant, a power that the role has not. */
export const REFUSED = '42501';

/** Connection, rollback by contention, resources, a lock or a time limit: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const noAnswer = /^(08|40|53|55P03|57)/;
/** Raised by a constraint, that is after the policy let the row through: https://www.postgresql.org/docs/18/ddl-rowsecurity.html */
const byConstraint = /^23/;

/** Rejects only for what is no answer of the server. */
export async function ask(client: pg.ClientBase, text: string, values: readonly unknown[] = []): Promise<Answer> {
  try {
    const { rows, rowCount } = await client.query<Record<string, unknown>>(text, [...values]);
    return { state: SUCCESS, message: '', rows, count: rowCount ?? rows.length };
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    return { state: error.code ?? 'unknown', message: error.message, rows: [], count: 0 };
  }
}

/** Of what must be refused outright. A constraint that stopped it later is no refusal: it can be satisfied. */
export function mustBeRefused({ state }: Answer, refusals: readonly string[] = [REFUSED]): Look['outcome'] {
  if (refusals.includes(state)) return 'ok';
  return state === SUCCESS || byConstraint.test(state) ? 'violation' : 'undecided';
}

/** Of what must find nothing: no row read or changed, or no right to ask. What a constraint stops was found before. */
export function mustFindNothing({ state, count }: Answer, refusals: readonly string[] = [REFUSED]): Look['outcome'] {
  if (refusals.includes(state)) return 'ok';
  if (byConstraint.test(state)) return 'violation';
  if (state !== SUCCESS) return 'undecided';
  return count === 0 ? 'ok' : 'violation';
}

/** Neither rows nor a refusal: the server was busy, or somebody else was in the way. */
export function saysNothing({ state }: Answer): boolean {
  return noAnswer.test(state);
}

/** Of a control: at least one row was read or changed. */
export function mustSucceed({ state, count }: Answer): Look['outcome'] {
  if (noAnswer.test(state)) return 'undecided';
  return state === SUCCESS && count > 0 ? 'ok' : 'violation';
}

/** Of a control whose row may be there already: the policy let it through, and at most a key stopped it. */
export function mustReachTheTable(answer: Answer): Look['outcome'] {
  return byConstraint.test(answer.state) ? 'ok' : mustSucceed(answer);
}

export function describeAnswer({ state, count }: Answer): string {
  return state === SUCCESS ? `${count} rows` : `SQLSTATE ${state}`;
}
