/** What really breaks while a block is measured, and the words in which the program must name it. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import type { MeasureBlockOptions } from '../../measure/measure-block.ts';
import { k6Of } from '../../measure/testing/k6-of.ts';
import { type Bench, root } from './bench.ts';

export interface LiveFault {
  what: string;
  names: RegExp;
  /** Before k6 starts; what it returns is asked of the measurement instead of the usual. */
  before?: (bench: Bench) => Promise<Partial<MeasureBlockOptions>>;
  /** As soon as the load tells its first figures. */
  underLoad?: (bench: Bench) => Promise<void> | void;
  /** Mends what the next case needs. */
  after?: (bench: Bench) => Promise<void>;
}

function signalK6(signal: NodeJS.Signals): void {
  const [pid] = k6Of(process.pid);
  if (pid === undefined) throw new Error('no k6 runs');
  process.kill(pid, signal);
}

async function sql({ running }: Bench, statement: string): Promise<void> {
  const { host, port, database, adminUser: user, adminPassword: password } = running.system.postgres;
  const client = new Client({ host, port, database, user, password });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A folder with this text in place of the script. */
async function otherScript({ policy }: Bench, text: string): Promise<Partial<MeasureBlockOptions>> {
  const scenariosDirectory = path.join(path.dirname(policy), 'scripts');
  await mkdir(scenariosDirectory, { recursive: true });
  await writeFile(path.join(scenariosDirectory, 'rls-cost.ts'), text);
  return { scenariosDirectory };
}

const options = `export const options = { vus: 1, duration: '2s', systemTags: ['status', 'error_code', 'scenario', 'expected_response'] };`;
const app = 'alphapulse_app';

export const liveFaults: LiveFault[] = [
  { what: 'k6 killed in mid load', underLoad: () => signalK6('SIGKILL'), names: /generator-exit failed.*SIGKILL/ },
  { what: 'k6 ended in mid load', underLoad: () => signalK6('SIGTERM'), names: /generator-exit failed.*exit code 105/ },
  {
    what: 'k6 not there',
    before: () => Promise.resolve({ k6Path: path.join(root, 'no-k6') }),
    names: /generator-exit failed.*did not start/,
  },
  {
    what: 'a script that throws',
    before: (bench) => otherScript(bench, `throw new Error('broken');\nexport default function () {}`),
    names: /generator-exit failed.*exit code 107/,
  },
  {
    what: 'a load that sends nothing: zero samples',
    before: (bench) => otherScript(bench, `import { sleep } from 'k6';\n${options}\nexport default () => sleep(0.1);`),
    names: /samples-present failed/,
  },
  {
    what: 'the role of the service with BYPASSRLS',
    before: async (bench) => {
      await sql(bench, `alter role ${app} bypassrls`);
      return {};
    },
    after: (bench) => sql(bench, `alter role ${app} nobypassrls`),
    names: /database-role failed.*BYPASSRLS/,
  },
  {
    what: 'row security switched off in mid load',
    underLoad: (bench) => sql(bench, 'alter table trades disable row level security'),
    after: (bench) => sql(bench, 'alter table trades enable row level security'),
    names: /rls-forced failed.*trades/,
  },
  {
    what: 'a service that answers 500',
    underLoad: (bench) => sql(bench, `revoke select on trades, orders, portfolios, positions from ${app}`),
    after: (bench) => sql(bench, `grant select on trades, orders, portfolios, positions to ${app}`),
    names: /error-(share|burst) failed/,
  },
  {
    what: 'every session of Postgres cut in mid load, again and again',
    underLoad: (bench) =>
      sql(
        bench,
        `do $$ begin for i in 1..150 loop
           perform pg_stat_clear_snapshot(); -- or each look of a transaction sees the sessions of its first
           perform pg_terminate_backend(pid) from pg_stat_activity where usename like 'alphapulse%';
           perform pg_sleep(0.005);
         end loop; end $$`,
      ),
    names: /error-(share|burst) failed/,
  },
  {
    what: 'a checkpoint forced in mid load',
    // It counts once all is written: after another one that is little, and done before the block is.
    before: async (bench) => {
      await sql(bench, 'checkpoint');
      return {};
    },
    underLoad: (bench) => sql(bench, 'checkpoint'),
    names: /forced-checkpoints failed/,
  },
];
