/** Counts the bytes that are allocated on the JavaScript heap, freed since or not. */
import { GCProfiler, getHeapStatistics } from 'node:v8';

/**
 * Often enough that the collections of a busy process since the last fold are a few (2.6 kB each while they are kept,
 * and 15 µs to read), seldom enough that an idle one sleeps.
 */
const foldIntervalMs = 1_000;

export interface HeapAllocation {
  /** Bytes allocated since this was last asked, or since the beginning. */
  takeBytes(): number;
  stop(): void;
}

/**
 * Between two garbage collections the heap only grows: what is in use before one, less what was in use after the one
 * before, was allocated in between. V8 tells both figures of every collection (v8.GCProfiler), so none is missed and
 * nothing is sampled. What this itself allocates to read them is left out.
 */
export function countHeapAllocation(): HeapAllocation {
  let profiler = startProfiler();
  let usedBytes = getHeapStatistics().used_heap_size;
  let allocatedBytes = 0;

  function fold(): void {
    const nowBytes = getHeapStatistics().used_heap_size;
    for (const { beforeGC, afterGC } of profiler.stop()?.statistics ?? []) {
      allocatedBytes += Math.max(0, beforeGC.heapStatistics.usedHeapSize - usedBytes);
      usedBytes = afterGC.heapStatistics.usedHeapSize;
    }
    allocatedBytes += Math.max(0, nowBytes - usedBytes);
    profiler = startProfiler();
    usedBytes = getHeapStatistics().used_heap_size;
  }

  const timer = setInterval(fold, foldIntervalMs).unref();
  return {
    takeBytes: () => {
      fold();
      const taken = allocatedBytes;
      allocatedBytes = 0;
      return taken;
    },
    stop: () => {
      clearInterval(timer);
      profiler.stop();
    },
  };
}

function startProfiler(): GCProfiler {
  const profiler = new GCProfiler();
  profiler.start();
  return profiler;
}
