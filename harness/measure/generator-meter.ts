/** Meters k6's own CPU through the measured window. */
import { type Gatherer, NotSupported } from './gatherer.ts';
import type { ProcessMeter } from './process-meter.ts';

/** Gives CPU seconds per second. `meter` is asked for at each look, because k6 starts after the gatherers are ready. */
export function generatorMeter(meter: () => ProcessMeter | null): Gatherer<number> {
  const look = (): Promise<void> => {
    meter()?.look(Date.now());
    return Promise.resolve();
  };
  return {
    open: () => {
      if (process.platform === 'linux') return Promise.resolve();
      return Promise.reject(
        new NotSupported(`CPU of processes is read from /proc, which ${process.platform} does not have`),
      );
    },
    windowStarts: look,
    everySecond: look,
    windowEnds: look,
    read: () => {
      const figures = meter()?.figures();
      return figures === undefined
        ? Promise.reject(new Error('k6 never ran'))
        : Promise.resolve(figures.cpuSecondsPerSecond);
    },
  };
}
