/** The one table of everything that can go wrong, and the one error class that carries a row of it. */
import { exitCode, type ExitName } from './exit-codes.ts';

/** code → which exit code it ends in, and what a person can do about it. */
export const errorTable = {
  BAD_ARGUMENT: { exit: 'usage', hint: 'Run the verb with --help to see what it takes.' },
  BAD_CONFIGURATION: { exit: 'usage', hint: 'Correct the named entries; allowed values are listed beside each.' },
  BAD_RUN_FOLDER: { exit: 'usage', hint: 'Name a folder that `signoff run` wrote, or measure again.' },
  NEWER_SCHEMA: { exit: 'usage', hint: 'Read the folder with the version of signoff that wrote it, or a later one.' },
  NOTHING_TO_JUDGE: { exit: 'inconclusive', hint: 'Name a database in which there is something to judge.' },
  NOT_PRODUCTION: { exit: 'usage', hint: 'Only RLS_MODE=rls may be judged as production.' },
  NO_SYSTEM: { exit: 'unavailable', hint: 'Start a system with `signoff up` first.' },
  TOOL_MISSING: {
    exit: 'unavailable',
    hint: 'Run `signoff doctor`: it names the command that installs what is missing.',
  },
  TOOL_BUILD_FAILED: {
    exit: 'unavailable',
    hint: 'Read the build log named above; `signoff doctor` lists what a build needs.',
  },
  SERVER_NOT_READY: {
    exit: 'unavailable',
    hint: 'The last answer and the end of its log are above; `signoff doctor` checks the prerequisites.',
  },
  SERVER_DIED: {
    exit: 'unavailable',
    hint: 'The end of its log is above; what was measured so far is kept in the run folder.',
  },
  ENGINE_UNUSABLE: { exit: 'unavailable', hint: 'Start Docker, or use --environment embedded.' },
  IMAGE_MISSING: {
    exit: 'unavailable',
    hint: 'Pull or build the image, or name another one in the variable that docker-compose.yml reads.',
  },
  SERVER_OUT_OF_MEMORY: {
    exit: 'inconclusive',
    hint: 'A server ended for want of memory, so the run says nothing about latency: raise its limit, or load less.',
  },
  PORT_TAKEN: { exit: 'unavailable', hint: 'Stop what listens there, or leave the port out: a free one is chosen.' },
  NO_SPACE: { exit: 'unavailable', hint: 'Free some space, or point TMPDIR or --out at a larger disk.' },
  ENVIRONMENT_REFUSED: { exit: 'usage', hint: 'Choose another --environment.' },
  GENERATOR_FAILED: {
    exit: 'inconclusive',
    hint: 'The end of the output of k6 is above; the samples up to that moment are kept.',
  },
  BUILD_FAILED: {
    exit: 'unavailable',
    hint: 'What the build said is above; name a revision or a folder whose reference-service can be built.',
  },
  MIGRATION_FAILED: {
    exit: 'unavailable',
    hint: 'What the migrations said is above; that build cannot take over the data as it is.',
  },
  SEED_FAILED: { exit: 'unavailable', hint: 'The output of the seeder is above.' },
  INTERRUPTED: { exit: 'interrupted', hint: 'Everything was stopped; the run folder keeps what was measured.' },
  INTERNAL: { exit: 'internal', hint: 'This is a defect of signoff; log.ndjson in the run folder has the details.' },
} as const satisfies Record<string, { exit: ExitName; hint: string }>;

export type ErrorCode = keyof typeof errorTable;

/** An error that a person can act on: what happened and where in the message, what to do in the hint. */
export class SignoffError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;

  /** `message` says what happened and where; `hint` replaces the general one of the table where more is known. */
  constructor(code: ErrorCode, message: string, options: { cause?: unknown; hint?: string } = {}) {
    super(message, { cause: options.cause });
    this.name = 'SignoffError';
    this.code = code;
    this.hint = options.hint ?? errorTable[code].hint;
  }

  get exitCode(): number {
    return exitCode(errorTable[this.code].exit);
  }
}

/** Any thrown thing as a SignoffError; what is not one already is a defect of ours. */
export function asSignoffError(thrown: unknown): SignoffError {
  if (thrown instanceof SignoffError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new SignoffError('INTERNAL', message, { cause: thrown });
}
