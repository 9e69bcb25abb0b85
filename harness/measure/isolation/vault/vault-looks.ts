/** How an answer of Vault becomes the outcome of a probe or of a control. */
import { type Look, asControl, asProbe } from '../look.ts';
import type { VaultAnswer } from './vault-request.ts';

/** Sealed, overloaded, or silent. */
export function decidesNothing({ status }: VaultAnswer): boolean {
  return status === 0 || status === 429 || status >= 500;
}

export function isSuccess({ status }: VaultAnswer): boolean {
  return status >= 200 && status <= 299;
}

/** The policy must have refused it: any other answer, also "there is no such thing", came from behind the policy. */
export function mustBeForbidden(probe: string, who: string, answer: VaultAnswer): Look {
  if (answer.status === 403) return asProbe(probe, 'ok', '');
  if (decidesNothing(answer)) return asProbe(probe, 'undecided', `${who}: status ${answer.status}`);
  const past = isSuccess(answer) ? 'it succeeded' : 'no policy refused it';
  return asProbe(probe, 'violation', `${who}: ${past} (status ${answer.status})`);
}

/** Any refusal will do, as long as it does not hold what is secret. */
export function mustFail(probe: string, who: string, answer: VaultAnswer, secrets: readonly string[] = []): Look {
  if (secrets.some((secret) => answer.body.includes(secret))) {
    return asProbe(probe, 'violation', `${who}: the answer holds the secret (status ${answer.status})`);
  }
  if (isSuccess(answer)) return asProbe(probe, 'violation', `${who}: it succeeded (status ${answer.status})`);
  return asProbe(probe, decidesNothing(answer) ? 'undecided' : 'ok', `${who}: status ${answer.status}`);
}

/** Who may must succeed; `holding`: what the answer has to hold. */
export function mustSucceed(probe: string, who: string, answer: VaultAnswer, holding = ''): Look {
  if (isSuccess(answer) && answer.body.includes(holding)) return asControl(probe, 'ok', '');
  const outcome = decidesNothing(answer) ? 'undecided' : 'violation';
  const what = isSuccess(answer) ? 'not what was expected' : 'refused';
  return asControl(probe, outcome, `${who}: ${what} (status ${answer.status})`);
}
