/** The command line as data: every verb, its help with the exit codes, and how a mistake in the arguments ends. */
import { Command, CommanderError } from 'commander';
import { asSignoffError, SignoffError } from '../model/errors.ts';
import { exitCode, exitCodes } from '../model/exit-codes.ts';
import { baselineVerb } from './baseline.ts';
import { compareVerb } from './compare.ts';
import type { CommandContext } from './command-context.ts';
import { doctorVerb } from './doctor.ts';
import { downVerb } from './down.ts';
import { gateVerb } from './gate.ts';
import { historyVerb } from './history.ts';
import { inspectVerb } from './inspect.ts';
import { judgeVerb } from './judge.ts';
import { measureVerb } from './measure.ts';
import { mutateVerb } from './mutate.ts';
import { reportVerb } from './report.ts';
import { runVerb } from './run.ts';
import { seedVerb } from './seed.ts';
import { selftestVerb } from './selftest.ts';
import { upVerb } from './up.ts';
import type { Flags, Verb } from './verb.ts';
import { verifyAuditVerb } from './verify-audit.ts';
import { verifyVerb } from './verify.ts';

const verbs: Verb[] = [
  runVerb,
  doctorVerb,
  upVerb,
  seedVerb,
  measureVerb,
  judgeVerb,
  reportVerb,
  gateVerb,
  compareVerb,
  selftestVerb,
  mutateVerb,
  baselineVerb,
  historyVerb,
  inspectVerb,
  verifyVerb,
  verifyAuditVerb,
  downVerb,
];

const exitCodeHelp = [
  '',
  'Exit codes:',
  ...Object.values(exitCodes).map(({ code, meaning }) => `  ${String(code).padEnd(4)}${meaning}`),
].join('\n');

/** Runs the verb that `argv` names and returns the exit code; never throws. */
export async function runProgram(context: CommandContext, version: string, argv: readonly string[]): Promise<number> {
  let code = exitCode('pass');
  const program = baseCommand(new Command('signoff'), context)
    .description('Decides, on evidence, whether a multi-tenant SaaS architecture holds before it is built.')
    .version(version)
    .usage('VERB [flags]');
  for (const verb of verbs) {
    const command = baseCommand(program.command(verb.name), context).description(verb.summary);
    if (verb.arguments !== undefined) command.arguments(verb.arguments);
    verb.configure(command);
    command.option('--json', 'print one JSON document on standard output');
    command.action(async () => {
      code = await verb.run(context, command.opts<Flags>(), command.args);
    });
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return endOfParsing(thrown);
    return complain(
      context,
      context.signal.aborted ? interruption(thrown) : asSignoffError(thrown),
      argv.includes('--json'),
    );
  }
}

function baseCommand(command: Command, context: CommandContext): Command {
  return command
    .exitOverride()
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText('after', exitCodeHelp)
    .configureOutput({ writeOut: (text) => context.out(text), writeErr: (text) => context.err(text) });
}

/** Help and version end well; every other complaint of the parser is a usage error. */
function endOfParsing(error: CommanderError): number {
  const asked = ['commander.helpDisplayed', 'commander.version'];
  return asked.includes(error.code) ? exitCode('pass') : exitCode('usage');
}

/** After Ctrl-C whatever was thrown is a consequence of it, except an error that says more. */
function interruption(thrown: unknown): SignoffError {
  const error = asSignoffError(thrown);
  return error.code === 'INTERNAL' ? new SignoffError('INTERRUPTED', 'interrupted', { cause: thrown }) : error;
}

function complain(context: CommandContext, error: SignoffError, json: boolean): number {
  context.err(`signoff: ${error.message}\n`);
  for (const line of causes(error.cause)) context.err(`  because ${line}\n`);
  context.err(`  → ${error.hint.replaceAll('\n', '\n    ')}\n`);
  if (json) {
    const document = {
      error: { code: error.code, message: error.message, hint: error.hint },
      exitCode: error.exitCode,
    };
    context.out(`${JSON.stringify(document, null, 2)}\n`);
  }
  return error.exitCode;
}

function causes(cause: unknown): string[] {
  if (!(cause instanceof Error)) return [];
  return [cause.message, ...causes(cause.cause)];
}
