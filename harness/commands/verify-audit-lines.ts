/** What the verification of an audit log comes to, and its lines. */
import type { Anchor } from '../audit/anchor.ts';
import type { AuditVerification } from '../audit/verify-audit-log.ts';

export interface VerifiedAgainst {
  database: string;
  anchor: Anchor | null;
  /** The anchor that was written: undefined where none was asked for, null where the log was not fit to be remembered. */
  written: string | null | undefined;
}

/** Problems a person reads; the rest is in the JSON document. */
const MOST_LINES = 40;

/** inconclusive: an empty log proves nothing. */
export function auditOutcome({
  events,
  protection,
  problemCount,
}: AuditVerification): 'pass' | 'fail' | 'inconclusive' {
  if (problemCount > 0 || !protection.triggerEnabled || protection.mayChange.length > 0) return 'fail';
  return events === 0 ? 'inconclusive' : 'pass';
}

export function verifyAuditLines(
  verification: AuditVerification,
  { database, anchor, written }: VerifiedAgainst,
): string {
  const { tenants, events, problems, problemCount, protection } = verification;
  const outcome = auditOutcome(verification);
  const against =
    anchor === null
      ? 'no anchor: a log that a superuser made anew, heads and all, would not be told'
      : `held against an anchor of ${anchor.writtenAt} with ${anchor.heads.length} tenants`;
  return `${[
    ...problems.slice(0, MOST_LINES).map(({ slug, tenantId, kind, from, to, what }) => {
      const range = from === to ? `event ${from}` : `events ${from} to ${to}`;
      return `✘ ${slug ?? tenantId}, ${range}: ${kind}; ${what}`;
    }),
    ...(problemCount > MOST_LINES ? [`  and ${problemCount - MOST_LINES} more`] : []),
    ...(protection.triggerEnabled ? [] : ['✘ the trigger that chains new events is missing or disabled']),
    ...protection.mayChange.map((role) => `✘ ${role} may change or remove events`),
    `${outcome}: ${events} events of ${tenants} tenants in ${database}, ${problemCount} problems`,
    against,
    ...(written === undefined ? [] : [written === null ? 'no anchor was written' : `anchor written to ${written}`]),
  ].join('\n')}\n`;
}
