/** Decides how this machine gets an engine: one that answers, one that we start, one that we install first, or none. */
import { EngineMissing } from './engine-missing.ts';

export interface MachineFacts {
  /** Of an engine that answers; null: none. */
  host: string | null;
  /** DOCKER_HOST as set by the caller: whoever set it meant that engine and no other. */
  namedHost: string | null;
  isRoot: boolean;
  isDebian: boolean;
}

export type EnginePlan = { kind: 'use'; host: string } | { kind: 'start' };

/** Throws EngineMissing, with what to do. */
export function planEngine({ host, namedHost, isRoot, isDebian }: MachineFacts): EnginePlan {
  if (host !== null) return { kind: 'use', host };
  const start = 'Start Docker (or set DOCKER_HOST to an engine that answers), then: npm test -- containers';
  if (namedHost !== null) throw new EngineMissing(`no container engine answers at DOCKER_HOST=${namedHost}`, start);
  if (isRoot && isDebian) return { kind: 'start' };
  const why = isDebian
    ? 'installing and starting one needs root'
    : 'one is installed by itself on Debian only, as root';
  throw new EngineMissing(`no container engine answers, and ${why}`, start);
}
