/** Another tenant's real ids on every route that takes one: the answer must be the one that an id of nobody gets. */
import { randomUuid } from '../random.ts';
import { carriesOwnMark, foreignMark } from '../tenant-check.ts';
import type { Answer } from '../call.ts';
import type { ProbeCall, Scene } from './scene.ts';
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
import { type Route, cookieFor, routes } from './routes.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * How often another of the owner's ids is tried, when a list is empty for the first: a strategy may have no signals.
 */
const ATTEMPTS = 4;

export function foreignIdProbes(): Probe[] {
  const withId = routes.filter(({ ownId }) => ownId !== undefined);
  return [...withId.map(foreignId), ...pathsWithId(withId).map(otherMethods)];
}

/**
 * The stranger asks first, then nobody's id is asked for, then the owner asks. Where a refusal may hide that it was done
 * all the same, the owner looks at the row before and after.
 */
function foreignId(route: Route): Probe {
  return {
    claim: 'SEC-ISO',
    name: `foreign id: ${route.name}`,
    run: (scene, count) => {
      const { id, control } = ownedId(scene, route);
      const before = route.stateOf?.(scene, scene.owner, id);
      const foreign = askAs(scene, route, id);
      const after = route.stateOf?.(scene, scene.owner, id);
      const nobodys = randomUuid(scene.random);
      const ghost = askAs(scene, route, nobodys);
      const answered = compare(scene, route, { id, answer: foreign }, { id: nobodys, answer: ghost });
      const changed = `${describe(`${route.name} of another tenant`, foreign)}; before ${before}, after it ${after}`;
      count('probe', before === after ? answered : violation(changed));
      count('control', control());
    },
  };
}

function askAs(scene: Scene, route: Route, id: string): Answer {
  return scene.ask(route.request(scene, scene.stranger, id), cookieFor(route, scene.stranger));
}

export interface OwnedId {
  id: string;
  /** The owner makes the same request. */
  control: () => Outcome;
}

/** An id of the owner; of a list one that is not empty, so that there is something to leak. */
export function ownedId(scene: Scene, route: Route): OwnedId {
  const { owner } = scene;
  const ask = (id: string): Answer => scene.ask(route.request(scene, owner, id), cookieFor(route, owner));
  let id = route.ownId?.(scene, owner) ?? '';
  if (route.list !== true) return { id, control: () => expectSuccess(`the owner: ${route.name}`, ask(id)) };
  let answer = ask(id);
  for (let attempt = 1; attempt < ATTEMPTS && isEmptyList(answer); attempt += 1) {
    id = route.ownId?.(scene, owner) ?? '';
    answer = ask(id);
  }
  if (isEmptyList(answer))
    return { id, control: () => undecided(`${route.name}: the lists of ${ATTEMPTS} ids of the owner are empty`) };
  return {
    id,
    control: () => {
      const again = ask(id);
      if (!isSuccess(again)) return expectSuccess(`the owner: ${route.name}`, again);
      return carriesOwnMark(bodyOf(again), owner.tenant)
        ? ok
        : violation(describe(`nothing of its owner in ${route.name}`, again));
    },
  };
}

function isEmptyList(answer: Answer): boolean {
  return isSuccess(answer) && /"(items|data)":\[\]/.test(bodyOf(answer));
}

interface Asked {
  id: string;
  answer: Answer;
}

function compare({ stranger }: Scene, route: Route, foreign: Asked, ghost: Asked): Outcome {
  const what = `${route.name} with the id ${foreign.id} as tenant ${stranger.tenant.id}`;
  const mark = foreignMark(bodyOf(foreign.answer), stranger.tenant);
  if (mark !== null) return violation(`${what}: ${mark}`);
  if (saysNothing(foreign.answer)) return undecided(describe(what, foreign.answer));
  if (saysNothing(ghost.answer)) return undecided(describe(`${route.name} with an id of nobody`, ghost.answer));
  if (isSuccess(foreign.answer) && route.list !== true) return violation(describe(what, foreign.answer));
  if (visiblePart(foreign) === visiblePart(ghost)) return ok;
  return violation(`${describe(what, foreign.answer)}; an id of nobody: ${visiblePart(ghost).slice(0, 80)}`);
}

/** Of any two answers these differ, or tell of the connection. */
const OWN_HEADERS = ['Date', 'X-Request-Id', 'Connection', 'Keep-Alive'];

/** Status, headers and body, without what differs in any two answers: the id that was asked for and the request's own. */
function visiblePart({ id, answer }: Asked): string {
  const body = bodyOf(answer)
    .replaceAll(id, ':id')
    .replace(/"requestId":"[^"]*"/, '');
  const headers = Object.entries(answer.headers).filter(([name]) => !OWN_HEADERS.includes(name));
  return `${answer.status} ${body} ${JSON.stringify(headers.sort(([a], [b]) => (a < b ? -1 : 1)))}`;
}

/** One route for each path with an id. */
function pathsWithId(withId: readonly Route[]): Route[] {
  const paths = new Map<string, Route>();
  for (const route of withId) {
    if (route.variation !== true && !paths.has(pathOf(route))) paths.set(pathOf(route), route);
  }
  return [...paths.values()];
}

function pathOf({ name }: Route): string {
  return name.split(' ')[1] ?? '';
}

/** Methods that the path does not have must not treat another tenant's id in a way of their own. */
function otherMethods(route: Route): Probe {
  const path = pathOf(route);
  const declared = new Set<string>(routes.filter((other) => pathOf(other) === path).map(({ method }) => method));
  const others = METHODS.filter((method) => !declared.has(method));
  return {
    claim: 'SEC-ISO',
    name: `foreign id: other methods ${path}`,
    run: (scene, count) => {
      const { id, control } = ownedId(scene, route);
      const nobodys = randomUuid(scene.random);
      for (const method of others) {
        const ask = (asked: string): Asked => ({ id: asked, answer: askBy(scene, method, path.replace(':id', asked)) });
        count('probe', compare(scene, { ...route, name: `${method} ${path}` }, ask(id), ask(nobodys)));
      }
      count('control', control());
    },
  };
}

/** As the stranger's administrator: the role must not be the reason of a refusal. */
function askBy(scene: Scene, method: ProbeCall['method'], path: string): Answer {
  const body = method === 'GET' || method === 'HEAD' ? {} : { body: {} };
  return scene.ask({ method, path, ...body }, scene.stranger.cookies.admin);
}
