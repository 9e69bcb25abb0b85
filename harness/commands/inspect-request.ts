/** What `signoff inspect` is asked for: its flags, checked before the database is. */
import type { Command } from 'commander';
import type { Ignored } from '../inspect/inspect.ts';
import type { InspectParameters } from '../inspect/facts.ts';
import { allRules } from '../inspect/rules/all-rules.ts';
import { SignoffError } from '../model/errors.ts';
import type { CommandContext } from './command-context.ts';
import { readDatabaseAddress, type DatabaseAddress } from './database-address.ts';
import type { Flags } from './verb.ts';

export interface InspectRequest {
  address: DatabaseAddress;
  parameters: InspectParameters;
  ignores: Ignored[];
  json: boolean;
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];

export function addInspectFlags(command: Command): void {
  command
    .option('--database <url>', 'postgres://user@host:port/database; the password from PGPASSWORD, or in the URL')
    .option('--tenant-column <name>', 'the column that names a row’s tenant', 'tenant_id')
    .option('--setting <name>', 'the setting that the application makes and policies read', 'app.tenant_id')
    .option(
      '--role <name>',
      'an application role, may be repeated (default: roles that may log in, are no superuser and were granted something on tenants’ tables)',
      collect,
    )
    .option('--schema <name>', 'judge only tables of this schema, may be repeated', collect)
    .option(
      '--ignore <rule:object[=reason]>',
      'leave a finding out of the outcome, may be repeated; object * is all (policy-unclear: by name and with a reason only)',
      collect,
    )
    .addHelpText(
      'after',
      '\nNothing is changed: one read-only transaction on the catalogue, as any role that may connect.\nPostgres 14 or later.' +
        ` Rules:\n${allRules.map(({ id, level, title }) => `  ${level.padEnd(5)} ${id.padEnd(30)} ${title}`).join('\n')}`,
    );
}

export function readInspectRequest(context: CommandContext, flags: Flags): InspectRequest {
  return {
    address: readDatabaseAddress(context, flags['database'] as string | undefined),
    parameters: {
      tenantColumn: readName('--tenant-column', flags['tenantColumn'] as string),
      setting: readSetting(flags['setting'] as string),
      roles: ((flags['role'] as string[] | undefined) ?? []).map((name) => readName('--role', name)),
      schemas: ((flags['schema'] as string[] | undefined) ?? []).map((name) => readName('--schema', name)),
    },
    ignores: ((flags['ignore'] as string[] | undefined) ?? []).map(readIgnored),
    json: flags['json'] === true,
  };
}

function readName(flag: string, name: string): string {
  if (name.trim() !== '') return name;
  throw new SignoffError('BAD_ARGUMENT', `${flag} is empty`, { hint: 'Give a name, as the database has it.' });
}

/** With another name every policy would be told to ignore the setting. Source: documentation, "Customized Options". */
function readSetting(name: string): string {
  if (/^[a-z_][\w$]*(?:\.[a-z_][\w$]*)+$/i.test(name)) return name;
  throw new SignoffError('BAD_ARGUMENT', `--setting ${name}: no setting of one’s own may have that name in Postgres`, {
    hint: 'Such settings are two names or more with dots between them, as app.tenant_id: give the one that the policies read.',
  });
}

function readIgnored(text: string): Ignored {
  const [, rule = '', object = '', reason] = /^([^:]+):([^=]+)(?:=(.*))?$/.exec(text) ?? [];
  const found = allRules.find(({ id }) => id === rule);
  if (found?.undecided === true && (object === '*' || (reason ?? '').trim() === '')) {
    throw new SignoffError(
      'BAD_ARGUMENT',
      `--ignore ${text}: what was not judged is accepted one by one, with a reason`,
      {
        hint: `Write ${rule}:OBJECT=reason, with the object as the finding names it.`,
      },
    );
  }
  if (found !== undefined) return { rule, object, reason: reason ?? null };
  throw new SignoffError('BAD_ARGUMENT', `--ignore ${text}: ${rule === '' ? 'not RULE:OBJECT' : `no rule ${rule}`}`, {
    hint: `Write RULE:OBJECT or RULE:OBJECT=reason, as a finding names them. Rules: ${allRules.map(({ id }) => id).join(', ')}.`,
  });
}
