/** Guard: the data were those of the manifest, and stayed so but for what the load writes. */
import type { DatabaseState } from '../../model/guarded-facts.ts';
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readArtefact } from './read-artefact.ts';

/** What no request of the load or of a probe writes. Seen written: audit_events, orders, portfolios, risk_limits, users. */
const seededOnly = [
  'instruments',
  'prices',
  'tenants',
  'strategies',
  'signals',
  'positions',
  'trades',
  'risk_snapshots',
];

/** Number of tenants against the fingerprint of the run; writes to the tables above, within a block and from block to block. Isolation is probed on whatever data there are. */
export const dataUnchanged: Guard = {
  id: 'data-unchanged',
  title: 'Seeded tables that were written, or a number of tenants that is not the declared one',
  why: 'A latency belongs to an amount of data: with others loaded or removed it is the latency of another system.',
  bound: 'at-most',
  appliesTo: measuresLatency,
  read: ({ blocks, environment }) => {
    const databases = readArtefact(blocks, 'database');
    if ('unreadable' in databases) return databases;
    const states = databases.values.flatMap(({ before, after }) => [before, after]);
    const written = databasesIn(states).flatMap((database) =>
      seededOnly
        .filter((name) => new Set(states.map((tables) => stateOf(tables, name, database))).size > 1)
        .map((name) => (database === undefined ? name : `${name} in ${database}`)),
    );
    const counts = new Set(databases.values.flatMap(countsOfTenants));
    const others = [...counts].filter((count) => count !== environment.tenants);
    const what = [...written, ...others.map((count) => `${count} tenants instead of ${environment.tenants}`)];
    return { observed: what.length, ...(what.length === 0 ? {} : { detail: what.join(', ') }) };
  },
};

type Tables = DatabaseState['before'];

/** Arms with databases of their own have one that is theirs in every block; undefined is the one that all share. */
function databasesIn(states: readonly Tables[]): (string | undefined)[] {
  return [...new Set(states.flatMap((tables) => tables.map(({ database }) => database)))];
}

function countsOfTenants({ tenants, ownDatabases = [] }: DatabaseState): number[] {
  return [tenants, ...ownDatabases.map((own) => own.tenants)];
}

function stateOf(tables: Tables, name: string, database: string | undefined): string {
  const table = tables.find((one) => one.name === name && one.database === database);
  return table === undefined ? 'missing' : `${table.filenode} ${table.writes}`;
}
