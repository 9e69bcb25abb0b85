/** Guard: every arm and every block ran one build of the service; of builds that are compared, each arm its own throughout. */
import type { Measurement } from '../../model/measurement.ts';
import { comparesBuilds } from './compares-builds.ts';
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';

type Value<N extends 'service' | 'containers'> = Extract<Measurement['artefacts'][N], { ok: true }>['value'][number];

/** What is to be one build, and the versions and images that were seen of it. */
interface Seen {
  whose: string;
  versions: Set<string>;
  images: Set<string>;
}

/** The version that each instance reports, and the image of each container that one runs in. */
export const serviceBuild: Guard = {
  id: 'service-build',
  title: 'Versions and images of the service beside the first',
  why: 'Arms of different builds differ by more than their mode, and blocks of different builds are no repetition.',
  bound: 'at-most',
  read: ({ experiment, blocks }) => {
    const services = readArtefact(blocks, 'service');
    if ('unreadable' in services) return services;
    const containers = readArtefact(blocks, 'containers');
    if ('unreadable' in containers) return containers;
    const told = services.values.flat();
    if (told.length === 0) return { unreadable: 'no service reported its version' };
    const groups = comparesBuilds(experiment) ? experiment.arms : [null];
    const seen = groups.map((arm) => seenOf(arm, told, containers.values.flat()));
    const odd = seen.flatMap(describeOdd);
    return {
      observed: seen.reduce((sum, { versions, images }) => sum + beyondFirst(versions) + beyondFirst(images), 0),
      ...(odd.length === 0 ? {} : { detail: odd.join('; ') }),
    };
  },
};

function seenOf(
  arm: string | null,
  services: readonly Value<'service'>[],
  containers: readonly Value<'containers'>[],
): Seen {
  const isOurs = (name: string): boolean => (arm === null ? /^service\b/.test(name) : name === `service:${arm}`);
  return {
    whose: arm === null ? '' : `${arm}: `,
    versions: new Set(services.filter((one) => arm === null || one.arm === arm).map(({ version }) => version)),
    images: new Set(containers.filter(({ name }) => isOurs(name)).map(({ image }) => image)),
  };
}

function beyondFirst(names: ReadonlySet<string>): number {
  return Math.max(0, names.size - 1);
}

function describeOdd({ whose, versions, images }: Seen): string[] {
  const odd = [versions, images].flatMap((names) => (names.size > 1 ? [...names] : []));
  return odd.length === 0 ? [] : [`${whose}${odd.join(', ')}`];
}
