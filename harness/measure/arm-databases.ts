/** The databases that the services of a block use, with a connection to each for one gatherer. */
import type { Client } from 'pg';
import type { Arm } from '../model/experiment.ts';
import type { ServiceInstance, System } from '../model/system.ts';
import { adminClient } from './postgres-client.ts';

export interface ArmDatabase {
  name: string;
  /** The name where arms have databases of their own; undefined where all share the system's. */
  own: string | undefined;
  arms: Arm[];
  client: Client;
}

export interface ArmDatabases {
  /** A connection for what is the same in every database of the server. */
  server: Client;
  /** At least one. */
  each: readonly ArmDatabase[];
  connect: () => Promise<void>;
  /** Never rejects for one that was not connected, or broke. */
  end: () => Promise<void>;
}

/** One connection in all where services share the system's database. Nothing is connected yet. */
export function armDatabases(system: System, services: readonly ServiceInstance[]): ArmDatabases {
  const shared = system.postgres.database;
  const armsOf = new Map<string, Arm[]>();
  for (const { arm, database = shared } of services) armsOf.set(database, [...(armsOf.get(database) ?? []), arm]);
  const areOwn = services.some(({ database }) => database !== undefined);
  const server = adminClient(system);
  const each = areOwn
    ? [...armsOf].map(([name, arms]) => ({ name, own: name, arms, client: adminClient(system, name) }))
    : [{ name: shared, own: undefined, arms: services.map(({ arm }) => arm), client: server }];
  const clients = new Set([server, ...each.map(({ client }) => client)]);
  return {
    server,
    each,
    connect: async () => void (await Promise.all([...clients].map((client) => client.connect()))),
    end: async () => void (await Promise.allSettled([...clients].map((client) => client.end()))),
  };
}
