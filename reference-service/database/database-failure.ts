/** Tells a database that cannot answer now from a statement that is wrong. */
import pg from 'pg';
import { ApiError } from '../errors/api-error.ts';

/**
 * SQLSTATE classes and codes after which the same request may succeed later: connection (08), authorisation at connect
 * (28), rollback by contention (40), resources (53), lock not available (55P03), operator intervention (57).
 * https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const transient = /^(08|28|40|53|57|55P03)/;

/** What the caller of a failed query is told; an error that speaks of the statement itself comes back as it is. */
export function databaseFailure(error: unknown): unknown {
  const statementIsWrong = error instanceof pg.DatabaseError && !transient.test(error.code ?? '');
  return statementIsWrong ? error : new ApiError('DATABASE_UNAVAILABLE', { cause: error });
}

/** The constraint that a statement violated, or null when it failed otherwise. */
export function violatedConstraint(error: unknown): string | null {
  const violated = error instanceof pg.DatabaseError && /^23(503|505)$/.test(error.code ?? '');
  return violated ? (error.constraint ?? null) : null;
}
