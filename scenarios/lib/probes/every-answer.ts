/** Every answer that a probe is given, whatever it asks for: nothing in it may be another tenant's than its caller's. */
import type { Answer } from '../call.ts';
import { type ProbeId, countProbe, declareProbe } from '../probe-count.ts';
import { type TenantMarks, carriesOwnMark, foreignMark } from '../tenant-check.ts';

const about = { claim: 'SEC-ISO', probe: 'any answer of a probe: nothing of another tenant' } as const;
const PROBE: ProbeId = { ...about, kind: 'probe' };
const CONTROL: ProbeId = { ...about, kind: 'control' };

export function declareEveryAnswer(): void {
  declareProbe(PROBE);
  declareProbe(CONTROL);
}

/** `what`: method and path. The control is that callers do see marks of their own. */
export function checkEveryAnswer(what: string, { body }: Answer, caller: TenantMarks): void {
  if (typeof body !== 'string') return;
  const foreign = foreignMark(body, caller);
  if (foreign === null) countProbe(PROBE, 'ok');
  else countProbe(PROBE, 'violation', `${what} as tenant ${caller.id}: ${foreign}`);
  if (carriesOwnMark(body, caller)) countProbe(CONTROL, 'ok');
}
