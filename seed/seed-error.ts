/** What can go wrong in a way that a person can act on: what it was, what to do, and which exit code it ends in. */

/** Numbers of sysexits(3) and the shell; the same as the harness's. */
export const exitCodes = { done: 0, usage: 64, unavailable: 69, internal: 70, interrupted: 130 } as const;
export type ExitName = Exclude<keyof typeof exitCodes, 'done'>;

interface SeedErrorDetails {
  hint: string;
  /** One line each, where there is more than one thing to say. */
  problems?: readonly string[];
  cause?: unknown;
}

export class SeedError extends Error {
  readonly exit: ExitName;
  readonly hint: string;
  readonly problems: readonly string[];

  constructor(exit: ExitName, message: string, { hint, problems = [], cause }: SeedErrorDetails) {
    super(message, { cause });
    this.name = 'SeedError';
    this.exit = exit;
    this.hint = hint;
    this.problems = problems;
  }
}

/** Any thrown thing as a SeedError; what is not one already is a defect of the seeder. */
export function asSeedError(thrown: unknown): SeedError {
  if (thrown instanceof SeedError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new SeedError('internal', message, {
    hint: 'This is a defect of the seeder; the cause is above.',
    cause: thrown,
  });
}

export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError) return thrown.errors.map(messageOf).join('; ');
  return thrown instanceof Error ? thrown.message : String(thrown);
}
