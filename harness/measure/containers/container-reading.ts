/** One look at a container: its accounts since it was started, from whichever source can see them. */

export interface ContainerReading {
  /** Unix ms at which the figures were taken: an engine answers later than it looks. */
  atMs: number;
  cpuSeconds: number;
  periods: number;
  throttledPeriods: number;
  throttledSeconds: number;
  memoryBytes: number;
  /** null where the source does not count them. */
  oomKills: number | null;
}

/** Gives null while the container does not run. */
export type ReadContainer = () => Promise<ContainerReading | null>;
