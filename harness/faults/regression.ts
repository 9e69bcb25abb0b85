/** A regression: a change for the worse that selftest plants in one of two builds, to see that the gate goes red. */
import { SignoffError } from '../model/errors.ts';
import type { ClaimId } from '../model/thresholds.ts';
import type { SourceReplacement } from './defect.ts';

export type RegressionChange =
  | { layer: 'service'; replacements: SourceReplacement[] }
  /** Run in the candidate's own copy of the database, before its services start. */
  | { layer: 'postgres'; statements: string[] }
  /** Variables of the candidate's services. */
  | { layer: 'configuration'; env: Record<string, string> };

type ComparisonClaim = Extract<ClaimId, `CMP-${string}`>;

export interface Regression {
  id: string;
  /** What is worse once it is planted. */
  title: string;
  /** The claim that must find it. Others may see it too; that does not count. */
  claim: ComparisonClaim;
  change: RegressionChange;
}

/** Stands for the id of the tenant that is made slow: it is known only when the data are. */
export const tenantPlaceholder = '{{tenantId}}';

/** The places of the service's source that a regression changes; none where it changes something else. */
export function replacementsOf({ id, change }: Regression, tenantId: string): SourceReplacement[] {
  if (change.layer !== 'service') return [];
  // It becomes part of a program's text.
  if (!/^[0-9a-f-]{36}$/.test(tenantId)) {
    throw new SignoffError('INTERNAL', `the regression ${id} needs the id of a tenant, got ${tenantId}`);
  }
  return change.replacements.map((one) => ({
    ...one,
    replacement: one.replacement.replaceAll(tenantPlaceholder, tenantId),
  }));
}
