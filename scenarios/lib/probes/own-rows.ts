/** Lists, pages and sums: only the caller's rows, all of them, and exact. */
import { carriesOwnMark, foreignMark } from '../tenant-check.ts';
import type { Answer } from '../call.ts';
import type { Actor, Scene } from './scene.ts';
import {
  type CountOutcome,
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
  worst,
} from './probe.ts';
import { type Route, cookieFor, routes } from './routes.ts';

const PAGE = 200;

export function ownRowProbes(): Probe[] {
  return [
    ...routes.filter(({ list, variation }) => list === true && variation !== true).map(ownRows),
    ...routes.filter(({ pages, ownId }) => pages === true && ownId === undefined).map(foreignCursor),
    exactExposure('/v1/risk/exposure'),
    exactExposure('/v1/risk/exposure/cached'),
    exactCount('trades', ({ tenant }) => tenant.expected.trades),
    exactCount('positions', ({ tenant }) => tenant.expected.positions),
  ];
}

/**
 * Counts whether an answer holds nothing foreign, and whether it holds something of the caller's: the check can see.
 */
export function countOwnRows(count: CountOutcome, what: string, answer: Answer, caller: Actor): void {
  const mark = foreignMark(bodyOf(answer), caller.tenant);
  if (mark !== null) count('probe', violation(`${what} as tenant ${caller.tenant.id}: ${mark}`));
  else if (!isSuccess(answer)) count('probe', undecided(describe(what, answer)));
  else count('probe', ok);
  count('control', seesOwnRows(what, answer, caller));
}

export function seesOwnRows(what: string, answer: Answer, caller: Actor): Outcome {
  const outcome = expectSuccess(what, answer);
  if (outcome.result !== 'ok' || carriesOwnMark(bodyOf(answer), caller.tenant)) return outcome;
  return violation(describe(`${what}: nothing of tenant ${caller.tenant.id}`, answer));
}

/**
 * The same address for two tenants, one after the other: whoever's answer a cache without the tenant in its keys holds, it
 * is not that of both.
 */
function ownRows(route: Route): Probe {
  return {
    claim: 'SEC-ISO',
    name: `own rows only: ${route.name}`,
    run: (scene, count) => {
      for (const caller of [scene.owner, scene.stranger]) {
        const answer = scene.ask(route.request(scene, caller, ''), cookieFor(route, caller));
        countOwnRows(count, route.name, answer, caller);
      }
    },
  };
}

/** A cursor names a place, not a right: with another tenant's the caller still gets its own rows, or a refusal. */
function foreignCursor(route: Route): Probe {
  const path = route.name.split(' ')[1] ?? '';
  return {
    claim: 'SEC-ISO',
    name: `foreign cursor: ${route.name}`,
    run: (scene, count) => {
      const found = findCursor(scene, route, path);
      if (found === null) {
        const reason = undecided(`${route.name}: no tenant here has a second page`);
        count('probe', reason);
        count('control', reason);
        return;
      }
      const { owner, stranger, cursor } = found;
      const next = { method: 'GET', path: `${path}?limit=5&cursor=${encodeURIComponent(cursor)}` } as const;
      const foreign = scene.ask(next, cookieFor(route, stranger));
      const mark = foreignMark(bodyOf(foreign), stranger.tenant);
      const what = `${route.name} with a cursor of tenant ${owner.tenant.id} as tenant ${stranger.tenant.id}`;
      if (mark !== null) count('probe', violation(`${what}: ${mark}`));
      else count('probe', saysNothing(foreign) ? undecided(describe(what, foreign)) : ok);
      const own = scene.ask(next, cookieFor(route, owner));
      count('control', seesOwnRows(`${route.name} with its own cursor`, own, owner));
    },
  };
}

/** The first tenant of the cast that has more than one row, its cursor, and another tenant. */
function findCursor(
  scene: Scene,
  route: Route,
  path: string,
): { owner: Actor; stranger: Actor; cursor: string } | null {
  const cast = scene.cast();
  for (const [index, owner] of cast.entries()) {
    const first = scene.ask({ method: 'GET', path: `${path}?limit=1` }, cookieFor(route, owner));
    const cursor = /"(?:nextCursor|next)":"([^"]+)"/.exec(bodyOf(first))?.[1];
    const stranger = cast[(index + 1) % cast.length];
    if (cursor !== undefined && stranger !== undefined) return { owner, stranger, cursor };
  }
  return null;
}

/** The sum over positions as the seed knows it: one foreign or missing row changes it. The load changes no position. */
function exactExposure(path: string): Probe {
  return {
    claim: 'SEC-ISO',
    name: `exact sum: GET ${path}`,
    run: (scene, count) => {
      for (const caller of [scene.owner, scene.stranger]) {
        const answer = scene.ask({ method: 'GET', path }, caller.cookies.viewer);
        count('probe', isExact(path, answer, caller));
        count('control', seesOwnRows(path, answer, caller));
      }
    },
  };
}

function isExact(path: string, answer: Answer, { tenant }: Actor): Outcome {
  const { grossExposure, positions } = tenant.expected;
  const wanted = [`"tenantId":"${tenant.id}"`, `"grossExposure":"${grossExposure}"`, `"positions":${positions}`];
  const missing = wanted.filter((part) => !bodyOf(answer).includes(part));
  if (!isSuccess(answer)) return undecided(describe(path, answer));
  if (missing.length === 0) return ok;
  return violation(describe(`GET ${path} as tenant ${tenant.id}, expected ${missing.join(', ')}`, answer));
}

/** All pages of the smallest tenant, against the number of rows that the seed loaded. */
function exactCount(table: 'trades' | 'positions', expected: (actor: Actor) => number): Probe {
  const path = `/v1/${table}`;
  return {
    claim: 'SEC-ISO',
    name: `exact count: GET ${path}`,
    run: (scene, count) => {
      const { outcome, rows } = readAllPages(scene, path, scene.smallest);
      const wanted = expected(scene.smallest);
      const exact =
        rows === wanted
          ? ok
          : violation(`GET ${path} as tenant ${scene.smallest.tenant.id}: ${rows} rows, loaded were ${wanted}`);
      count('probe', outcome.result === 'ok' ? exact : outcome);
      count('control', outcome.result === 'ok' && rows === 0 ? violation(`${path}: no rows`) : outcome);
    },
  };
}

function readAllPages(scene: Scene, path: string, actor: Actor): { outcome: Outcome; rows: number } {
  const outcomes: Outcome[] = [];
  let rows = 0;
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = scene.ask({ method: 'GET', path: `${path}?limit=${PAGE}${query}` }, actor.cookies.viewer);
    outcomes.push(expectSuccess(path, answer));
    rows += bodyOf(answer).split('"tenantId":"').length - 1;
    cursor = /"nextCursor":"([^"]+)"/.exec(bodyOf(answer))?.[1];
  } while (cursor !== undefined);
  return { outcome: worst(outcomes), rows };
}
