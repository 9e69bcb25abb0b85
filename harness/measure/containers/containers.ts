/** Gathers what every container of the system used of its limits, and whether one was killed, ended or was started anew. */
import type { ContainerUse } from '../../model/container-use.ts';
import type { Container } from '../../model/system.ts';
import type { Gatherer } from '../gatherer.ts';
import { type EventWatch, watchEvents } from './container-events.ts';
import { ContainerWatch } from './container-watch.ts';
import { type Docker, connectDocker, inspectContainer } from './docker.ts';
import { readByCgroup } from './read-by-cgroup.ts';
import { readByEngine } from './read-by-engine.ts';

/**
 * Asking the engine costs it about 6 ms of CPU a container (20.10, five containers: 31 ms), so every second would be 3 %
 * of a core. Control groups cost a thirtieth of that.
 */
const LOOKS_PER_QUESTION = 5;

export interface ContainersGatherer extends Gatherer<ContainerUse[]> {
  /** Of those whose CPU is this machine's, for the account of the machine. Throws before `read`, and where that failed. */
  useOfThisMachine: () => ContainerUse[];
}

interface Followed {
  watch: ContainerWatch;
  /** Whether its CPU is this machine's; null until it is known. */
  isHere: () => boolean | null;
  looksPerReading: number;
}

export function containersGatherer(containers: readonly Container[]): ContainersGatherer {
  let docker: Docker | null = null;
  let events: EventWatch | null = null;
  let followed: Followed[] = [];
  let looks = 0;
  let uses: ContainerUse[] | null = null;
  const lookAtAll = async (): Promise<void> => {
    await Promise.all(followed.map(({ watch }) => watch.look()));
  };
  return {
    open: async () => {
      if (containers.length === 0) return;
      const connected = await connectDocker();
      docker = connected;
      events = await watchEvents(
        connected,
        containers.map(({ id }) => id),
      );
      followed = await Promise.all(containers.map((container) => follow(connected, container)));
      await Promise.all(followed.map(({ watch }) => watch.open()));
    },
    windowStarts: lookAtAll,
    everySecond: async () => {
      looks += 1;
      const due = followed.filter(({ looksPerReading }) => looks % looksPerReading === 0);
      await Promise.all(due.map(({ watch }) => watch.look()));
    },
    windowEnds: lookAtAll,
    read: async () => {
      if (docker === null || events === null) return (uses = []);
      const [happened, ...after] = await Promise.all([
        events.readAll(),
        ...followed.map(({ watch }) => inspectContainer(docker as Docker, watch.container.id)),
      ]);
      return (uses = await Promise.all(followed.map(({ watch }, index) => watch.use(happened, after[index] ?? null))));
    },
    close: () => events?.close(),
    useOfThisMachine: () => {
      if (uses === null) throw new Error('what the containers used is not known');
      return uses.filter((_, index) => followed[index]?.isHere() === true);
    },
  };
}

async function follow(docker: Docker, container: Container): Promise<Followed> {
  const before = await inspectContainer(docker, container.id);
  if (before === null) throw new Error(`the container ${container.name} is gone`);
  const byCgroup = readByCgroup(before.State.Pid, container.id);
  if (byCgroup !== null) {
    return { watch: new ContainerWatch(container, before, byCgroup), isHere: () => true, looksPerReading: 1 };
  }
  const reader = readByEngine(docker, container.id);
  return {
    watch: new ContainerWatch(container, before, reader.read),
    isHere: reader.sharesProcessors,
    looksPerReading: LOOKS_PER_QUESTION,
  };
}
