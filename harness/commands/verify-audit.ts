/** `signoff verify-audit`: recomputes every hash of the audit log, and tells which rows were changed, removed, put in or moved. */
import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { readAnchor, writeAnchor, type Anchor } from '../audit/anchor.ts';
import { verifyAuditLog, type AuditVerification } from '../audit/verify-audit-log.ts';
import { findRunningSystem } from '../environment/state/running-system.ts';
import { SignoffError } from '../model/errors.ts';
import { exitCode } from '../model/exit-codes.ts';
import type { CommandContext } from './command-context.ts';
import {
  addressOfSystem,
  describeAddress,
  readDatabaseAddress,
  withDatabase,
  type DatabaseAddress,
} from './database-address.ts';
import type { Flags, Verb } from './verb.ts';
import { auditOutcome, verifyAuditLines, type VerifiedAgainst } from './verify-audit-lines.ts';
import { writeWhole } from './write-whole.ts';

const whatItProves = `
Each event carries the hash of the one before it, and each tenant has a head with the number and hash of its last event.
A row that was changed, removed, put in or moved is found by that alone, whoever did it, as long as not everything after
it was computed anew. A superuser of the database can do that, heads and all: only an anchor that is kept elsewhere tells.
Write one regularly, where the database's administrators cannot: --write-anchor FILE, later --anchor FILE.`;

export const verifyAuditVerb: Verb = {
  name: 'verify-audit',
  summary: 'Verify the hash chain of the audit log: no event was changed, removed, put in or moved.',
  configure: (command) =>
    command
      .option('--database <url>', 'postgres://user@host:port/database (default: that of the running system)')
      .option('--anchor <file>', 'hold the log against what this file remembers of it')
      .option('--write-anchor <file>', 'remember where every chain ends, if the log is intact')
      .addHelpText('after', whatItProves),
  run: async (context, flags) => {
    await requireAnchorFolder(context, flags['writeAnchor'] as string | undefined);
    const address = await addressOf(context, flags['database'] as string | undefined);
    const anchor = await loadAnchor(context, flags['anchor'] as string | undefined);
    const { signal } = context;
    const verification = await withDatabase(address, signal, (client) => verifyAuditLog(client, { anchor, signal }));
    const outcome = auditOutcome(verification);
    const written = await keepAnchor(context, flags, verification);
    const against: VerifiedAgainst = { database: describeAddress(address), anchor, written };
    context.out(
      flags['json'] === true
        ? `${JSON.stringify(documentOf(verification, against), null, 2)}\n`
        : verifyAuditLines(verification, against),
    );
    return exitCode(outcome);
  },
};

async function addressOf(context: CommandContext, database: string | undefined): Promise<DatabaseAddress> {
  if (database !== undefined) return readDatabaseAddress(context, database);
  const system = await findRunningSystem();
  if (system !== null) return addressOfSystem(system);
  throw new SignoffError('NO_SYSTEM', 'no system is running', {
    hint: 'Start one with `signoff up`, or name a database with --database.',
  });
}

async function loadAnchor({ workingDirectory }: CommandContext, file: string | undefined): Promise<Anchor | null> {
  if (file === undefined) return null;
  try {
    return readAnchor(await readFile(path.resolve(workingDirectory, file), 'utf8'));
  } catch (error) {
    const hint = 'Name a file that --write-anchor wrote.';
    throw new SignoffError('BAD_ARGUMENT', `${file} is no anchor`, { cause: error, hint });
  }
}

/** Told before a log of hours is read; a name that was mistyped shall not become a folder. */
async function requireAnchorFolder({ workingDirectory }: CommandContext, file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const target = path.resolve(workingDirectory, file);
  const folder = path.dirname(target);
  const hint = 'Make the folder, or name a file in one that is there.';
  try {
    if (!(await stat(folder)).isDirectory()) throw new Error(`${folder} is no folder`);
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new SignoffError('BAD_ARGUMENT', `--write-anchor ${file}: ${folder} is no folder that can be written to`, {
      ...{ cause: error, hint },
    });
  }
  const isFolder = await stat(target).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder)
    throw new SignoffError('BAD_ARGUMENT', `--write-anchor ${file} is a folder`, { hint: 'Name a file in it.' });
}

/** Of an intact log only: an anchor of a broken one would vouch for it. */
async function keepAnchor(
  context: CommandContext,
  flags: Flags,
  verification: AuditVerification,
): Promise<string | null | undefined> {
  const file = flags['writeAnchor'] as string | undefined;
  if (file === undefined) return undefined;
  if (auditOutcome(verification) !== 'pass') return null;
  const target = path.resolve(context.workingDirectory, file);
  await writeWhole(target, writeAnchor({ writtenAt: context.now().toISOString(), heads: verification.heads }));
  return target;
}

function documentOf(verification: AuditVerification, { database, anchor, written }: VerifiedAgainst) {
  const { tenants, events, protection, problems, problemCount } = verification;
  const outcome = auditOutcome(verification);
  return {
    schemaVersion: 1,
    ...{ database, outcome, exitCode: exitCode(outcome), tenants, events, protection },
    anchor: anchor === null ? null : { writtenAt: anchor.writtenAt, tenants: anchor.heads.length },
    anchorWritten: written ?? null,
    problemCount,
    problems: problems.map(({ from, to, ...problem }) => ({ ...problem, from: `${from}`, to: `${to}` })),
  };
}
