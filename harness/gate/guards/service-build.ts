/** Guard: every arm and every block ran one build of the service. */
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';

const SERVICE_CONTAINER = /^service\b/;

/** The version that each instance reports, and the image of each container that one runs in. */
export const serviceBuild: Guard = {
  id: 'service-build',
  title: 'Versions and images of the service beside the first',
  why: 'Arms of different builds differ by more than their mode, and blocks of different builds are no repetition.',
  bound: 'at-most',
  read: ({ blocks }) => {
    const services = readArtefact(blocks, 'service');
    if ('unreadable' in services) return services;
    const containers = readArtefact(blocks, 'containers');
    if ('unreadable' in containers) return containers;
    const versions = new Set(services.values.flat().map(({ version }) => version));
    const images = new Set(
      containers.values.flat().flatMap(({ name, image }) => (SERVICE_CONTAINER.test(name) ? [image] : [])),
    );
    if (versions.size === 0) return { unreadable: 'no service reported its version' };
    const seen = [...(versions.size > 1 ? versions : []), ...(images.size > 1 ? images : [])];
    return {
      observed: versions.size - 1 + Math.max(0, images.size - 1),
      ...(seen.length === 0 ? {} : { detail: seen.join(', ') }),
    };
  },
};
