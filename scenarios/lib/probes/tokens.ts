/**
 * Tokens that somebody else made: the file TOKENS holds forged ones, each one step from valid, and a valid one as
 * control.
 */
import { SharedArray } from 'k6/data';
import { textVariable } from '../settings.ts';
import { drawReadRequest } from './draw-route.ts';
import { type Probe, expectRefusal, expectSuccess } from './probe.ts';

interface Token {
  id: string;
  kind: 'control' | 'forged';
  description: string;
  cookie: string;
  tenantSlug: string;
}

const path = textVariable('TOKENS', '');

const tokens = new SharedArray<Token>('tokens', () => (path === '' ? [] : (JSON.parse(open(path)) as Token[])));

/** Whether TOKENS was given: only the harness can read the signing key that most of them need. */
export const tokensGiven = path !== '';

/** The control is the valid token made the same way: were it refused, the refusal of the others would prove nothing. */
export function tokenProbes(): Probe[] {
  const control = tokens.find(({ kind }) => kind === 'control');
  if (control === undefined) {
    if (tokensGiven) throw new Error(`-e TOKENS=${path}: holds no token of kind control`);
    return [];
  }
  return tokens.filter(({ kind }) => kind === 'forged').map((token) => forgedToken(token, control));
}

function forgedToken(token: Token, control: Token): Probe {
  return {
    claim: 'SEC-AUTHN',
    name: `token: ${token.id}`,
    run: (scene, count) => {
      const { route, call } = drawReadRequest(scene);
      const what = `${route.name} with a token (${token.description})`;
      count('probe', expectRefusal(what, scene.ask(call(), token.cookie), 401));
      count('control', expectSuccess('a valid token made the same way', scene.ask(call(), control.cookie)));
    },
  };
}
