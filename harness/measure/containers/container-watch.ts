/** Follows one container through a block: what it used in the window, and whether it was killed or started anew. */
import type { ContainerUse } from '../../model/container-use.ts';
import type { Container } from '../../model/system.ts';
import { Counter } from '../cgroup/counter.ts';
import type { ContainerEvent } from './container-events.ts';
import type { ContainerReading, ReadContainer } from './container-reading.ts';
import type { Inspection } from './docker.ts';

/** Life cycle: `look` in the window as often as wanted, then `use` with what the engine says afterwards. */
export class ContainerWatch {
  readonly container: Container;
  readonly #read: ReadContainer;
  readonly #before: Inspection;
  readonly #cpuSeconds = new Counter();
  readonly #periods = new Counter();
  readonly #throttledPeriods = new Counter();
  readonly #throttledSeconds = new Counter();
  readonly #oomKills = new Counter();
  #firstAtMs: number | null = null;
  #lastAtMs: number | null = null;
  #memoryPeakBytes = 0;

  constructor(container: Container, before: Inspection, read: ReadContainer) {
    this.container = container;
    this.#before = before;
    this.#read = read;
  }

  /** Kills are counted from the opening on: those of the warm-up too make the block another one. */
  async open(): Promise<void> {
    this.#addKills(await this.#read());
  }

  async look(): Promise<void> {
    const reading = await this.#read();
    if (reading === null) return;
    this.#addKills(reading);
    this.#firstAtMs ??= reading.atMs;
    this.#lastAtMs = reading.atMs;
    this.#cpuSeconds.add(reading.cpuSeconds);
    this.#periods.add(reading.periods);
    this.#throttledPeriods.add(reading.throttledPeriods);
    this.#throttledSeconds.add(reading.throttledSeconds);
    this.#memoryPeakBytes = Math.max(this.#memoryPeakBytes, reading.memoryBytes);
  }

  #addKills(reading: ContainerReading | null): void {
    if (reading?.oomKills !== null && reading !== null) this.#oomKills.add(reading.oomKills);
  }

  /** `after`: null when the container is no more. Throws where nothing is known of its window though it lived. */
  async use(events: readonly ContainerEvent[], after: Inspection | null): Promise<ContainerUse> {
    this.#addKills(await this.#read());
    const { name, image, cpuLimit, memoryLimitBytes, id } = this.container;
    const own = events.filter(({ Actor }) => Actor.ID === id);
    const restarts = this.#restarts(own, after);
    const seconds = this.#windowSeconds();
    if (seconds === null && restarts === 0) throw new Error(`fewer than two readings of the container ${name}`);
    const cpuCores = seconds === null ? 0 : this.#cpuSeconds.grown / seconds;
    return {
      name,
      image,
      cpuLimit,
      cpuSeconds: this.#cpuSeconds.grown,
      cpuCores,
      cpuShareOfLimit: cpuLimit === null ? null : cpuCores / cpuLimit,
      periods: this.#periods.grown,
      throttledPeriods: this.#throttledPeriods.grown,
      throttledSeconds: this.#throttledSeconds.grown,
      memoryPeakBytes: this.#memoryPeakBytes,
      memoryLimitBytes,
      oomKills: this.#kills(own, after),
      restarts,
    };
  }

  #windowSeconds(): number | null {
    if (this.#firstAtMs === null || this.#lastAtMs === null || this.#lastAtMs <= this.#firstAtMs) return null;
    return (this.#lastAtMs - this.#firstAtMs) / 1_000;
  }

  /** However it shows: an event, a count, another start, or that it does not run. */
  #restarts(own: readonly ContainerEvent[], after: Inspection | null): number {
    if (after === null) return Math.max(1, countOf(own, 'die'));
    const started = after.State.StartedAt === this.#before.State.StartedAt ? 0 : 1;
    const counted = after.RestartCount - this.#before.RestartCount;
    return Math.max(countOf(own, 'die'), counted, started, after.State.Running ? 0 : 1);
  }

  /**
   * The kernel's own count is exact, and goes with the container; the engine's events outlive it, and may tell of
   * several kills once (containerd sends one for each look that finds the count risen).
   */
  #kills(own: readonly ContainerEvent[], after: Inspection | null): number {
    const said = after?.State.OOMKilled === true && !this.#before.State.OOMKilled ? 1 : 0;
    return Math.max(this.#oomKills.grown, countOf(own, 'oom'), said);
  }
}

function countOf(events: readonly ContainerEvent[], action: string): number {
  return events.filter(({ Action }) => Action === action).length;
}
