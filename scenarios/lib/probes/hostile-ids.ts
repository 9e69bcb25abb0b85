/** Another tenant's id in other spellings, and ids that are none: whatever takes them for the plain one must refuse it too. */
import type { Answer } from '../call.ts';
import { foreignMark } from '../tenant-check.ts';
import { ownedId } from './foreign-ids.ts';
import {
  type Outcome,
  type Probe,
  bodyOf,
  describe,
  isSuccess,
  ok,
  saysNothing,
  undecided,
  violation,
} from './probe.ts';
import { type Route, cookieFor, routes } from './routes.ts';
import type { Scene } from './scene.ts';

/**
 * `id` is the other tenant's, `own` one of the caller's own. Each goes where the route takes its id: path, query or body;
 * encoded as for a path, and decoded for a body.
 */
type Spelling = (id: string, own: string) => string;

const SPELLINGS: Record<string, Spelling> = {
  'capital letters': (id) => id.toUpperCase(),
  'no hyphens': (id) => id.replaceAll('-', ''),
  braces: (id) => `%7B${id}%7D`,
  'a URN': (id) => `urn:uuid:${id}`,
  'an encoded letter': (id) => `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`,
  'a leading space': (id) => `%20${id}`,
  'a trailing null': (id) => `${id}%00`,
  'a trailing slash': (id) => `${id}/`,
  'a semicolon': (id) => `${id};x`,
  'a suffix': (id) => `${id}.json`,
  'an own id before it': (id, own) => `${own},${id}`,
  'climbing from an own id': (id, own) => `${own}/../${id}`,
  'climbing encoded from an own id': (id, own) => `${own}%2f..%2f${id}`,
  'a condition': (id) => `${id}'%20or%20'1'%3D'1`,
  'a wildcard': () => '*',
  'a percent sign': () => '%25',
  'a number': () => '1',
  'nothing at all': () => '%20',
  'a word': () => 'undefined',
  'the id of nobody': () => '00000000-0000-0000-0000-000000000000',
  'a long text': (id) => id.repeat(30),
};

export function hostileIdProbes(): Probe[] {
  const withId = routes.filter(({ ownId }) => ownId !== undefined);
  const places = new Map<string, Route>();
  for (const route of withId) {
    const verb = route.method === 'GET' ? 'read' : 'write';
    const place = route.variation === true ? route.name : `${verb} ${route.name.split(' ')[1] ?? ''}`;
    if (!places.has(place)) places.set(place, route);
  }
  return [...places.values()].map(hostileId);
}

function hostileId(route: Route): Probe {
  return {
    claim: 'SEC-ISO',
    name: `other spellings of a foreign id: ${route.name}`,
    run: (scene, count) => {
      const { stranger } = scene;
      const { id, control } = ownedId(scene, route);
      const own = route.ownId?.(scene, stranger) ?? '';
      const inBody = route.name.includes(' with ');
      for (const [name, spell] of Object.entries(SPELLINGS)) {
        const spelled = inBody ? decodeURIComponent(spell(id, own)) : spell(id, own);
        const answer = scene.ask(route.request(scene, stranger, spelled), cookieFor(route, stranger));
        count('probe', refused(`${route.name} with ${name}`, answer, route, scene));
      }
      count('control', control());
    },
  };
}

/** A list may be answered with the caller's own rows; a single thing that is not the caller's may not be answered at all. */
function refused(what: string, answer: Answer, route: Route, { stranger }: Scene): Outcome {
  const mark = foreignMark(bodyOf(answer), stranger.tenant);
  const asked = `${what} as tenant ${stranger.tenant.id}`;
  if (mark !== null) return violation(`${asked}: ${mark}`);
  if (saysNothing(answer)) return undecided(describe(asked, answer));
  return isSuccess(answer) && route.list !== true ? violation(describe(asked, answer)) : ok;
}
