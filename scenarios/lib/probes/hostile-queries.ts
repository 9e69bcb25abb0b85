/** Queries that try to widen a list: parameters twice, other names for them, cursors made by hand, limits beyond the most. */
import { b64encode } from 'k6/encoding';
import { foreignMark } from '../tenant-check.ts';
import type { Answer } from '../call.ts';
import type { Actor } from './scene.ts';
import { seesOwnRows } from './own-rows.ts';
import {
  type Outcome,
  type Probe,
  bodyOf,
  describe,
  expectSuccess,
  ok,
  saysNothing,
  undecided,
  violation,
} from './probe.ts';
import { ownedId } from './foreign-ids.ts';
import { type Route, cookieFor, routes } from './routes.ts';

/** The most rows of a page, as the API describes it. */
const MOST_ROWS = 200;

export function hostileQueryProbes(): Probe[] {
  const lists = routes.filter(({ pages, ownId }) => pages === true && ownId === undefined);
  const filters = routes.filter(({ name, ownId }) => ownId !== undefined && name.includes(' by '));
  return [...lists.map(widened), ...lists.map(madeUpCursor), ...filters.map(pollutedFilter)];
}

const pathOf = ({ name }: Route): string => name.split(' ')[1] ?? '';

const WIDER: ((foreignTenant: string) => string)[] = [
  ...['limit=100000', 'limit=-1', 'limit=0', 'limit=1e9', 'limit=5&limit=200', 'offset=-1', 'page=-1'].map(
    (text) => () => text,
  ),
  ...['all=true', 'admin=true', 'debug=true', 'fields=*', 'include=tenant', 'expand=all', 'sort=tenantId'].map(
    (text) => () => text,
  ),
  ...['order=tenant_id', 'groupBy=tenantId', 'count=true', 'deleted=true'].map((text) => () => text),
  (id) => `tenantId=${id}`,
  (id) => `filter[tenantId]=${id}`,
  (id) => `filter=tenantId%20eq%20${id}`,
  (id) => `where=tenant_id%3D'${id}'`,
  (id) => `tenantId[$ne]=${id}`,
  (id) => `__proto__[tenantId]=${id}`,
];

function widened(route: Route): Probe {
  const path = pathOf(route);
  return {
    claim: 'SEC-ISO',
    name: `wider queries: ${route.name}`,
    run: (scene, count) => {
      const { owner, stranger } = scene;
      for (const [index, widen] of WIDER.entries()) {
        const query = widen(owner.tenant.id);
        const answer = scene.ask({ method: 'GET', path: `${path}?${query}` }, cookieFor(route, stranger));
        count('probe', ownRowsOrRefused(`${route.name}, query ${index}: ${query}`, answer, stranger));
      }
      count('control', ownListIsSeen(route, scene.ask({ method: 'GET', path }, cookieFor(route, stranger)), stranger));
    },
  };
}

/** The keys of every kind of list, first and last of all, with a foreign row's id, with SQL, and of wrong types. */
function cursors({ tenant }: Actor): unknown[] {
  const id = tenant.samples.trades[0] ?? '';
  const [first, last] = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
  const [early, late] = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999Z'];
  return [
    ...[
      [early, first],
      [late, last],
      [late, id],
      [first, '0'],
      [last, '999999999'],
      [first],
      [last],
      ['0'],
      ['9999999999'],
    ],
    ...[[''], ['~'], [tenant.id], [`${tenant.id}' or true --`], [early, `${id}'::uuid or true --`]],
    ...[[null, null], [1, 2], [], {}, [[early], [first]], 'text'],
  ];
}

function madeUpCursor(route: Route): Probe {
  const path = pathOf(route);
  return {
    claim: 'SEC-ISO',
    name: `made-up cursors: ${route.name}`,
    run: (scene, count) => {
      const { owner, stranger } = scene;
      for (const keys of cursors(owner)) {
        const text = JSON.stringify(keys);
        const query = `limit=5&cursor=${b64encode(text, 'rawurl')}`;
        const answer = scene.ask({ method: 'GET', path: `${path}?${query}` }, cookieFor(route, stranger));
        count('probe', ownRowsOrRefused(`${route.name} after ${text}`, answer, stranger));
      }
      count('control', ownListIsSeen(route, scene.ask({ method: 'GET', path }, cookieFor(route, stranger)), stranger));
    },
  };
}

/** The parameter that filters, twice or under a name that some parsers take for it. */
function pollutedFilter(route: Route): Probe {
  const [, path = '', , parameter = ''] = route.name.split(' ');
  const pollutions: ((own: string, foreign: string) => string)[] = [
    (own, foreign) => `${parameter}=${own}&${parameter}=${foreign}`,
    (own, foreign) => `${parameter}=${foreign}&${parameter}=${own}`,
    (own, foreign) => `${parameter}=${own},${foreign}`,
    (own, foreign) => `${parameter}=${own};${parameter}=${foreign}`,
    (_own, foreign) => `${parameter}[]=${foreign}`,
    (_own, foreign) => `${parameter}[0]=${foreign}`,
    (_own, foreign) => `${parameter}[in]=${foreign}`,
    (_own, foreign) => `${parameter.toLowerCase()}=${foreign}`,
    (own, foreign) => `${parameter}=${own}%26${parameter}%3D${foreign}`,
  ];
  return {
    claim: 'SEC-ISO',
    name: `polluted filter: ${route.name}`,
    run: (scene, count) => {
      const { stranger } = scene;
      const own = route.ownId?.(scene, stranger) ?? '';
      const { id: foreign, control } = ownedId(scene, route);
      for (const [index, pollute] of pollutions.entries()) {
        const answer = scene.ask(
          { method: 'GET', path: `${path}?${pollute(own, foreign)}` },
          cookieFor(route, stranger),
        );
        count('probe', ownRowsOrRefused(`${route.name}, pollution ${index}`, answer, stranger));
      }
      const plain = scene.ask({ method: 'GET', path: `${path}?${parameter}=${own}` }, cookieFor(route, stranger));
      count('control', expectSuccess(`${route.name} with an own id`, plain));
      count('control', control());
    },
  };
}

/** A refusal, or a page of the caller's own rows and no more of them than a page holds. */
function ownRowsOrRefused(what: string, answer: Answer, caller: Actor): Outcome {
  const body = bodyOf(answer);
  const mark = foreignMark(body, caller.tenant);
  if (mark !== null) return violation(`${what} as tenant ${caller.tenant.id}: ${mark}`);
  if (saysNothing(answer)) return undecided(describe(what, answer));
  const rows = body.split('"tenantId":"').length - 1;
  return rows <= MOST_ROWS ? ok : violation(`${what} as tenant ${caller.tenant.id}: ${rows} rows in one page`);
}

function ownListIsSeen(route: Route, answer: Answer, caller: Actor): Outcome {
  return seesOwnRows(`${route.name} as it is meant`, answer, caller);
}
