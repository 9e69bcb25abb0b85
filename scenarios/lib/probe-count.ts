/**
 * Counts checks of isolation, authentication and roles as samples of the counter `isolation_probe`, value 1 each, with
 * the tags claim, probe, kind and result. Of a violation an example travels as metadata, not as a tag: it may be
 * anything.
 */
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';

const counter = new Counter('isolation_probe');

export interface ProbeId {
  claim: 'SEC-ISO' | 'SEC-AUTHN' | 'SEC-AUTHZ';
  /** Free text without `&` and `=`: k6's CSV output joins tags by them and does not escape. */
  probe: string;
  /** A control is the rightful owner asking for the same thing: it must succeed, or the probe proves nothing. */
  kind: 'probe' | 'control';
}

export type ProbeResult = 'ok' | 'violation' | 'undecided';

const EXAMPLE_LENGTH = 240;

/** Counts one outcome; `detail` says what was seen and is kept for all but an `ok`. */
export function countProbe(id: ProbeId, result: ProbeResult, detail = ''): void {
  const tags = { claim: id.claim, probe: id.probe, kind: id.kind, result };
  if (result === 'ok' || detail === '') {
    counter.add(1, tags);
    return;
  }
  const metadata = exec.vu.metrics.metadata;
  metadata['detail'] = detail.replaceAll(/[&=\s]+/g, ' ').slice(0, EXAMPLE_LENGTH);
  counter.add(1, tags);
  delete metadata['detail'];
}

/** Says in setup() that this probe is going to run: a sample of value 0, so that one that never ran is found. */
export function declareProbe(id: ProbeId): void {
  counter.add(0, { claim: id.claim, probe: id.probe, kind: id.kind, result: 'undecided', declared: '1' });
}
