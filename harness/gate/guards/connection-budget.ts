/** Guard: Postgres can serve every connection that the pools may open. */
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readArtefact } from './read-artefact.ts';

/** Pools as the services report them, and other connections as they were seen, against max_connections without the reserved ones. */
export const connectionBudget: Guard = {
  id: 'connection-budget',
  title: 'Connections that all pools together may open, share of what Postgres has for them',
  why: 'Past the budget Postgres refuses connections just when the pools are full, so at the peak of the load.',
  bound: 'at-most',
  appliesTo: measuresLatency,
  read: ({ blocks }) => {
    const services = readArtefact(blocks, 'service');
    if ('unreadable' in services) return services;
    const databases = readArtefact(blocks, 'database');
    if ('unreadable' in databases) return databases;
    if (services.values.flat().some(({ poolMax }) => poolMax === null)) {
      return { unreadable: 'a service does not tell the size of its pool' };
    }
    const shares = databases.values.map((database, index) => {
      const pools = (services.values[index] ?? []).reduce((sum, { poolMax }) => sum + (poolMax ?? 0), 0);
      return (pools + database.otherConnections) / Math.max(1, database.connectionBudget);
    });
    return { observed: Math.max(...shares) * 100 };
  },
};
