/** When a block counts: from the end of its warm-up for the length of its measured time. */

export interface MeasuredWindow {
  /** Unix ms at which the load began, after setup. */
  loadStartedAtMs: number;
  warmUpEndsAtMs: number;
  measureEndsAtMs: number;
}

/** The window of a load that began at `loadStartedAtMs`. */
export function windowFrom(loadStartedAtMs: number, times: { warmUpMs: number; durationMs: number }): MeasuredWindow {
  const warmUpEndsAtMs = loadStartedAtMs + times.warmUpMs;
  return { loadStartedAtMs, warmUpEndsAtMs, measureEndsAtMs: warmUpEndsAtMs + times.durationMs };
}

/** Whether something that happened at one moment counts. */
export function inWindow(window: MeasuredWindow, atMs: number): boolean {
  return atMs >= window.warmUpEndsAtMs && atMs <= window.measureEndsAtMs;
}
