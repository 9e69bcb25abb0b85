/** The outside world as a command sees it: given by cli.ts, so that no command touches `process`. */
export interface CommandContext {
  /** The project's folder, absolute. */
  root: string;
  /** The folder that relative paths in arguments start from. */
  workingDirectory: string;
  env: Readonly<Record<string, string | undefined>>;
  pid: number;
  /** Writes to standard output: results only. */
  out(text: string): void;
  /** Writes to standard error: progress and complaints. */
  err(text: string): void;
  /** Whether standard error is a terminal. */
  interactive: boolean;
  /** Columns of that terminal, read anew at each line. */
  columns(): number;
  colour: boolean;
  /** Aborts on Ctrl-C, SIGTERM, or when the process that started us is gone. */
  signal: AbortSignal;
  now(): Date;
  /** Monotonic milliseconds, for durations. */
  elapsed(): number;
}
