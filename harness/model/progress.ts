/** What a long stage tells whoever watches; the command line decides how it looks. */
export type ProgressEvent =
  | { kind: 'stage'; id: string; title: string; expectedMs: number | null }
  | { kind: 'step'; message: string }
  | { kind: 'fraction'; done: number; total: number; unit: string }
  | {
      kind: 'live';
      scenario: string;
      elapsedMs: number;
      totalMs: number;
      ratePerSecond: number;
      p50Ms: number | null;
      p99Ms: number | null;
      errors: number;
    }
  | { kind: 'warning'; message: string };

export type Progress = (event: ProgressEvent) => void;
