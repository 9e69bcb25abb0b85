/** What a probe is, and how an answer becomes an outcome. */
import type { Answer } from '../call.ts';
import { type ProbeId, type ProbeResult, countProbe, declareProbe } from '../probe-count.ts';
import type { Scene } from './scene.ts';

export interface Probe {
  claim: ProbeId['claim'];
  /** Without `&` and `=`. */
  name: string;
  /** Makes the requests and counts at least one outcome of each kind, probe and control. */
  run: (scene: Scene, count: CountOutcome) => void;
}

export interface Outcome {
  result: ProbeResult;
  detail: string;
}

export type CountOutcome = (kind: ProbeId['kind'], outcome: Outcome) => void;

/** What a probe needs could not be made, since the service is busy or away: it decides nothing this time. */
export class NothingToAsk extends Error {}

export function runProbe({ claim, name, run }: Probe, scene: Scene): void {
  const count: CountOutcome = (kind, { result, detail }) => countProbe({ claim, probe: name, kind }, result, detail);
  try {
    run(scene, count);
  } catch (error) {
    if (!(error instanceof NothingToAsk)) throw error;
    count('probe', undecided(error.message));
    count('control', undecided(error.message));
  }
}

export function declare({ claim, name }: Probe): void {
  declareProbe({ claim, probe: name, kind: 'probe' });
  declareProbe({ claim, probe: name, kind: 'control' });
}

export const ok: Outcome = { result: 'ok', detail: '' };

export function violation(detail: string): Outcome {
  return { result: 'violation', detail };
}

export function undecided(detail: string): Outcome {
  return { result: 'undecided', detail };
}

/** Transport errors, refusals for load and failures of the server say nothing about rights. */
export function saysNothing({ status }: Answer): boolean {
  return status === 0 || status === 429 || status >= 500;
}

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status <= 299;
}

/** What was asked and answered, short enough for an example. */
export function describe(what: string, answer: Answer): string {
  return `${what}: status ${answer.status} ${answer.error} ${bodyOf(answer).slice(0, 120)}`;
}

export function bodyOf({ body }: Answer): string {
  return typeof body === 'string' ? body : '';
}

/** The rightful owner must succeed; anything else blinds the probe. */
export function expectSuccess(what: string, answer: Answer): Outcome {
  if (saysNothing(answer)) return undecided(describe(what, answer));
  return isSuccess(answer) ? ok : violation(describe(what, answer));
}

/**
 * A refusal with exactly this status. A success is a violation; another refusal lets nobody in, but decides nothing
 * either.
 */
export function expectRefusal(what: string, answer: Answer, status: number): Outcome {
  if (answer.status === status) return ok;
  return isSuccess(answer) ? violation(describe(what, answer)) : undecided(describe(what, answer));
}

/** The first outcome that is not ok. */
export function worst(outcomes: Outcome[]): Outcome {
  return outcomes.find(({ result }) => result === 'violation') ?? outcomes.find(({ result }) => result !== 'ok') ?? ok;
}
