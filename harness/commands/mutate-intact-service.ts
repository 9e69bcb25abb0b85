/** The service as it is, for probes of the intact system and of mutants that lie elsewhere: one process for as long as it may be used. */
import type { RunningSystem } from '../environment/environment-driver.ts';
import { SignoffError } from '../model/errors.ts';
import type { Mode } from '../model/experiment.ts';
import type { ServiceInstance } from '../model/system.ts';

export interface IntactService {
  /** The one that runs, or a new one. */
  current(): Promise<ServiceInstance>;
  /** What runs is not asked any more; also where other services were started meanwhile. */
  discard(): void;
}

export interface IntactOptions {
  running: RunningSystem;
  /** In which it runs; production where it is left out. */
  arm?: Mode;
  /** A copy of the data that it may write to; left out: the seeded one. */
  database?: string;
  entry: string;
  signal: AbortSignal;
}

export function intactService({ running, arm = 'rls', database, entry, signal }: IntactOptions): IntactService {
  let service: Promise<ServiceInstance> | null = null;
  const start = async (): Promise<ServiceInstance> => {
    const place = { arm, slot: 0, entry, ...(database === undefined ? {} : { database }) };
    const [started] = await running.startServices([place], { signal });
    if (started === undefined) throw new SignoffError('INTERNAL', 'the intact service was started and is not there');
    return started;
  };
  return {
    current: () => (service ??= start()),
    discard: () => {
      service = null;
    },
  };
}
