/** Every claim, in the order in which the report shows them. */
import type { Claim } from '../model/claim.ts';
import { ac1 } from './ac-1.ts';
import { cmpAllocation } from './cmp-allocation.ts';
import { cmpBytes } from './cmp-bytes.ts';
import { cmpConnections } from './cmp-connections.ts';
import { cmpCpu } from './cmp-cpu.ts';
import { cmpEndpoint } from './cmp-endpoint.ts';
import { cmpErrors } from './cmp-errors.ts';
import { cmpMedian } from './cmp-median.ts';
import { cmpRows } from './cmp-rows.ts';
import { cmpStatements } from './cmp-statements.ts';
import { cmpTail } from './cmp-tail.ts';
import { cmpTenant } from './cmp-tenant.ts';
import { lat100T } from './lat-100t.ts';
import { lat10KT } from './lat-10kt.ts';
import { lat1KT } from './lat-1kt.ts';
import { lat500BaselineOpen } from './lat-500-baseline-open.ts';
import { lat500Baseline } from './lat-500-baseline.ts';
import { lat500TargetOpen } from './lat-500-target-open.ts';
import { lat500Target } from './lat-500-target.ts';
import { rlsCost } from './rls-cost.ts';
import { secAuthn } from './sec-authn.ts';
import { secAuthz } from './sec-authz.ts';
import { secIso } from './sec-iso.ts';

export const allClaims: readonly Claim[] = [
  ac1,
  lat500Baseline,
  lat500Target,
  lat500BaselineOpen,
  lat500TargetOpen,
  lat100T,
  lat1KT,
  lat10KT,
  rlsCost,
  secIso,
  secAuthn,
  secAuthz,
  cmpMedian,
  cmpEndpoint,
  cmpTail,
  cmpTenant,
  cmpCpu,
  cmpAllocation,
  cmpBytes,
  cmpStatements,
  cmpRows,
  cmpErrors,
  cmpConnections,
];
