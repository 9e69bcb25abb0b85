/** What an answer tells besides its text: how long it took, and whether another tenant's row stands in the way. */
import { demoPassword } from '../manifest.ts';
import { randomUuid } from '../random.ts';
import type { Answer } from '../call.ts';
import {
  type Outcome,
  type Probe,
  bodyOf,
  describe,
  expectSuccess,
  isSuccess,
  ok,
  saysNothing,
  undecided,
  violation,
} from './probe.ts';
import { orderWith } from './mixed-tenants.ts';
import { routes, cookieFor, type Route } from './routes.ts';
import type { Actor, Scene } from './scene.ts';
import { type TimedPair, type TimingRule, confirmTiming } from './timing-decision.ts';

const PAIRS = 12;
const ID_RULE: TimingRule = {
  fewestPairs: 10,
  leastDifferenceMs: 4,
  leastShare: 0.25,
  mostSpreadMs: 100,
  sets: 8,
};

/** A hash is what a login takes longest for, but not most of its time where demo users' hashes are cheap ones. Few at a time: others wait for hashes too. */
const LOGIN_PAIRS = 6;
const LOGIN_RULE: TimingRule = {
  fewestPairs: 5,
  leastDifferenceMs: 1,
  leastShare: 0.2,
  mostSpreadMs: 200,
  sets: 16,
};

export function sideChannelProbes(): Probe[] {
  const timed = ['GET /v1/portfolios/:id', 'GET /v1/trades/:id', 'GET /v1/orders/:id', 'GET /v1/signals/:id'];
  return [...routes.filter(({ name }) => timed.includes(name)).map(idTiming), loginTiming, sameAddress, ownNumbers];
}

/** "Not yours" takes as long as "not there". */
function idTiming(route: Route): Probe {
  return {
    claim: 'SEC-ISO',
    name: `time of the answer: ${route.name}`,
    run: (scene, count) => {
      const { owner, stranger } = scene;
      const id = route.ownId?.(scene, owner) ?? '';
      const ask = (asked: string): Answer =>
        scene.ask(route.request(scene, stranger, asked), cookieFor(route, stranger));
      const take = (): TimedPair[] =>
        timePairs(
          scene,
          PAIRS,
          () => ask(id),
          () => ask(randomUuid(scene.random)),
        );
      count('probe', decide(`${route.name}: not yours against not there`, take, ID_RULE));
      const own = scene.ask(route.request(scene, owner, id), cookieFor(route, owner));
      count('control', expectSuccess(`${route.name} as its owner`, own));
    },
  };
}

/** A wrong password for a user who exists takes as long as for one who does not. */
const loginTiming: Probe = {
  claim: 'SEC-AUTHN',
  name: 'time of the answer: login of an unknown user',
  run: (scene, count) => {
    const known = scene.cast().flatMap((actor) => bystanders(actor).map((email) => ({ actor, email })));
    let turn = Math.floor(scene.random() * known.length);
    const attempt = (actor: Actor, email: string): Answer =>
      logIn(scene, { tenant: actor.tenant.slug, email, password: 'certainly-not-this' });
    const ofUser = (): Answer => {
      const next = known[(turn += 1) % known.length];
      return attempt(next?.actor ?? scene.owner, next?.email ?? '');
    };
    const ofNobody = (): Answer => attempt(scene.owner, `${scene.unique()}@${scene.owner.tenant.slug}.example`);
    const take = (): TimedPair[] => timePairs(scene, LOGIN_PAIRS, ofUser, ofNobody);
    count('probe', decide('login of a user against login of nobody', take, LOGIN_RULE));
    const email = scene.owner.tenant.users[0]?.email ?? '';
    const right = logIn(scene, { tenant: scene.owner.tenant.slug, email, password: demoPassword() });
    count('control', expectSuccess('login with the right password', right));
  },
};

/** Users whom no session here belongs to, where there are such: too many attempts would lock them out. */
function bystanders({ tenant: { users } }: Actor): string[] {
  const others = users.filter((user) => users.find(({ role }) => role === user.role) !== user);
  return (others.length > 0 ? others : users).map(({ email }) => email);
}

function logIn(scene: Scene, body: { tenant: string; email: string; password: string }): Answer {
  return scene.ask({ method: 'POST', path: '/v1/auth/login', body }, '');
}

/** In random order within each pair, so that neither is always the one that finds things warm. Unanswered pairs are left out. */
function timePairs(scene: Scene, count: number, first: () => Answer, second: () => Answer): TimedPair[] {
  const pairs: TimedPair[] = [];
  for (let pair = 0; pair < count; pair += 1) {
    const firstGoesFirst = scene.random() < 0.5;
    const [a, b] = firstGoesFirst ? [first(), second()] : [second(), first()];
    if (saysNothing(a) || saysNothing(b)) continue;
    pairs.push(firstGoesFirst ? [a.timings.waiting, b.timings.waiting] : [b.timings.waiting, a.timings.waiting]);
  }
  return pairs;
}

function decide(what: string, takePairs: () => TimedPair[], rule: TimingRule): Outcome {
  const outcome = confirmTiming(takePairs, rule);
  if (outcome.kind === 'alike') return ok;
  if (outcome.kind === 'unclear') return undecided(`${what}: ${outcome.reason}`);
  return violation(
    `${what}: ${outcome.differenceMs.toFixed(1)} ms apart in all but ${outcome.exceptions} of ${outcome.pairs} pairs`,
  );
}

/** "Internal server error": what no server that is only busy answers. */
const FAILED = 500;

/** An address may be taken in each tenant once: a refusal in one because of another would tell who is a customer of whom. */
const sameAddress: Probe = {
  claim: 'SEC-ISO',
  name: 'an e-mail address that another tenant has: POST /v1/users',
  run: (scene, count) => {
    const { owner, stranger } = scene;
    const newAddress = (): string => `${scene.unique()}@shared.example`;
    const create = ({ tenant, cookies }: Actor, email: string): Answer => {
      const body = { email, displayName: `Probe ${tenant.canary}`, role: 'viewer', password: 'only-a-probe-0001' };
      return scene.ask({ method: 'POST', path: '/v1/users', body }, cookies.admin);
    };
    const email = newAddress();
    const first = create(owner, email);
    const second = create(stranger, email);
    const again = create(owner, email);
    // A service that does not expect this refusal fails instead, time and again, and with no address but this one.
    const failsForIt = (): boolean => create(stranger, email).status === FAILED;
    const failsForItAlone = second.status === FAILED && isSuccess(create(stranger, newAddress())) && failsForIt();
    if (!isSuccess(first) || (saysNothing(second) && !failsForItAlone))
      count('probe', undecided(describe('the same address twice', second)));
    else count('probe', isSuccess(second) ? ok : violation(describe('an address that another tenant has', second)));
    // Within one tenant it is refused: so the address is one that can be taken.
    if (again.status === 409) count('control', ok);
    else
      count('control', saysNothing(again) ? undecided(describe('again', again)) : violation(describe('again', again)));
  },
};

/** What has a number is counted within its tenant: from gaps in its own numbers it could tell how much the others do. */
const ownNumbers: Probe = {
  claim: 'SEC-ISO',
  name: 'numbers that count for all tenants: GET /v1/audit-events',
  run: (scene, count) => {
    const { owner, stranger } = scene;
    // Each of them leaves an entry.
    const [first, , , last] = [stranger, owner, owner, stranger].map((actor) =>
      scene.ask(orderWith(actor, scene, {}), actor.cookies.trader),
    );
    const answer = scene.ask({ method: 'GET', path: '/v1/audit-events?limit=200' }, stranger.cookies.admin);
    const numbers = [...bodyOf(answer).matchAll(/"id":"([0-9]+)"/g)].map(([, digits]) => Number(digits));
    const gap = numbers.findIndex((number, at) => at > 0 && numbers[at - 1] !== number + 1);
    const what = `the audit log of tenant ${stranger.tenant.id}`;
    if (numbers.length < 2 || !isSuccess(answer)) count('probe', undecided(describe(what, answer)));
    else if (gap < 0) count('probe', ok);
    else count('probe', violation(`${what}: after ${numbers[gap]} comes ${numbers[gap - 1]}`));
    for (const placed of [first, last]) {
      const id = /"id":"([0-9a-f-]{36})"/.exec(placed === undefined ? '' : bodyOf(placed))?.[1];
      if (id === undefined || !isSuccess(answer))
        count('control', undecided(describe('an order, and the log of it', answer)));
      else count('control', bodyOf(answer).includes(id) ? ok : violation(`${what}: nothing of the order ${id}`));
    }
  },
};
