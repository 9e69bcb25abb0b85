/** The command line as settings. Every mistake is found before anything starts, and all are told together. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SeedError } from './seed-error.ts';

/** Faster than the disks and one Postgres can follow. */
const MOST_WORKERS = 16;
const DEFAULT_MANIFEST = fileURLToPath(new URL('./out/manifest.json', import.meta.url));

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })
    .transform(Number);

/** Flag by flag: what it takes. The order is that of --help. */
const flagSchemas = {
  tenants: wholeNumber(1, 99_999),
  seed: z.string().regex(/^[\w.:@-]{1,64}$/, { error: 'must be 1 to 64 letters, digits or . : @ _ -' }),
  'rows-per-tenant': wholeNumber(50, 50_000).default(5_000),
  'database-url': z.string().refine(isDatabaseUrl, { error: 'must be postgres://user@host:port/database' }).optional(),
  'database-password-file': z.string().min(1, { error: 'must be a path' }).optional(),
  manifest: z.string().min(1, { error: 'must be a path' }).default(DEFAULT_MANIFEST),
  out: z.string().min(1, { error: 'must be a path' }).optional(),
  parallel: wholeNumber(1, MOST_WORKERS).default(Math.min(MOST_WORKERS, availableParallelism())),
  'password-memory-kib': wholeNumber(8, 1_048_576).default(19_456),
  'password-passes': wholeNumber(1, 100).default(2),
};
type Flag = keyof typeof flagSchemas;
const flagNames = Object.keys(flagSchemas) as Flag[];
const settingsSchema = z.object(flagSchemas);
const switches = ['if-empty', 'json', 'help'] as const;

export type Settings = z.infer<typeof settingsSchema> & { ifEmpty: boolean; json: boolean; help: boolean };

export const usage = `node seed/main.ts --tenants N --seed S [flags]

  --tenants N                 how many tenants (1 to 99999); required
  --seed S                    any text; same seed, same data; required
  --rows-per-tenant R         mean rows of a tenant (50 to 50000; 5000)
  --database-url URL          postgres://postgres@host:port/alphapulse; truncates and loads it
  --database-password-file F  file with that user's password; without it, from PGPASSWORD
  --if-empty                  do nothing when the database has tenants already
  --manifest FILE             where the manifest goes (seed/out/manifest.json)
  --out DIR                   writes the COPY text too, one file a table
  --parallel K                worker threads and connections (1 to 16; number of cores); never changes the data
  --password-memory-kib M     argon2id memory of the demo password's hash (19456)
  --password-passes P         argon2id passes (2)
  --json                      one JSON document on stdout
  --help                      this text

Exit codes: 0 done, 64 bad arguments, 69 database not available, 70 internal error, 130 interrupted.
`;

export function readArguments(args: readonly string[]): Settings {
  const { values, problems } = collectFlags(args);
  const json = values.has('json');
  const ifEmpty = values.has('if-empty');
  if (values.has('help')) return { ...settingsSchema.parse({ tenants: '1', seed: '-' }), ifEmpty, json, help: true };
  if (!values.has('database-url')) {
    for (const flag of ['database-password-file', 'if-empty']) {
      if (values.has(flag)) problems.push(`--${flag} needs --database-url`);
    }
  }
  const parsed = settingsSchema.safeParse(Object.fromEntries(values));
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) {
      const flag = path.join('.');
      const given = values.get(flag);
      problems.push(given === undefined ? `--${flag} is required` : `--${flag} ${message}; given: "${given}"`);
    }
  }
  if (!parsed.success || problems.length > 0) {
    throw new SeedError('usage', problems.join('\n'), { hint: 'node seed/main.ts --help lists the flags.', problems });
  }
  return { ...parsed.data, ifEmpty, json, help: false };
}

/** parseArgs is lenient here and its tokens are checked, because its strict mode stops at the first mistake. */
function collectFlags(args: readonly string[]): { values: Map<string, string>; problems: string[] } {
  const takesValue = flagNames.map((name) => [name, { type: 'string' as const }]);
  const takesNone = switches.map((name) => [name, { type: 'boolean' as const }]);
  const options = Object.fromEntries([...takesValue, ...takesNone]) as Record<string, { type: 'string' | 'boolean' }>;
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string>();
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') problems.push(`unexpected argument "${token.value}"`);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const isSwitch = switches.some((known) => known === name);
    if (options[name] === undefined || rawName !== `--${name}`) problems.push(`unknown flag ${rawName}`);
    else if (values.has(name)) problems.push(`${rawName} is given twice`);
    else if (isSwitch && value !== undefined) problems.push(`${rawName} takes no value`);
    else if (!isSwitch && (value === undefined || (!token.inlineValue && value.startsWith('--')))) {
      problems.push(`${rawName} needs a value`);
      values.set(name, '');
    } else values.set(name, value ?? '');
  }
  return { values, problems };
}

function isDatabaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname } = new URL(text);
  return ['postgres:', 'postgresql:'].includes(protocol) && hostname !== '' && pathname.length > 1;
}
