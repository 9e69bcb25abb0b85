/** Sends the commands of foreign-commands.ts as the service's user would, and as those who may. */
import type { Redis } from 'ioredis';
import type { Look } from '../look.ts';
import { foreignCommands, type ForeignCommand } from './foreign-commands.ts';
import { nameKeys, plantKeys, removeKeys, type ProbeKeys } from './probe-keys.ts';
import { type Reply, tryCommand } from './redis-connection.ts';

export interface CommandClients {
  admin: Redis;
  /** Has the rules of the service's user. */
  user: Redis;
}

/** In turn, not at once: each finds its keys as they were planted. */
export async function probeCommands(clients: CommandClients): Promise<Look[]> {
  const keys = nameKeys();
  const looks: Look[] = [];
  try {
    for (const one of foreignCommands) looks.push(...(await probeCommand(clients, one, keys)));
  } finally {
    await removeKeys(clients.admin, keys);
  }
  return looks;
}

/** Controls: the administrator, who may, is answered; and the user itself inside its namespace, where it may. */
async function probeCommand({ admin, user }: CommandClients, one: ForeignCommand, keys: ProbeKeys): Promise<Look[]> {
  const probe = `redis: ${one.what} outside the namespace`;
  await plantKeys(admin, keys);
  const tried = refusedAsForbidden(probe, await tryCommand(user, one.command(keys)));
  await plantKeys(admin, keys);
  const looks = [tried, answered(probe, 'the administrator', await tryCommand(admin, one.command(keys)))];
  if (one.owned === undefined) return looks;
  return [...looks, answered(probe, 'within the namespace', await tryCommand(user, one.owned(keys)))];
}

/** A command that is carried out, or fails for another reason than a missing right, was let through. */
function refusedAsForbidden(probe: string, reply: Reply): Look {
  if (reply.kind === 'silent') return { probe, kind: 'probe', outcome: 'undecided', detail: reply.message };
  if (reply.kind === 'refused' && reply.code === 'NOPERM') return { probe, kind: 'probe', outcome: 'ok', detail: '' };
  const detail = reply.kind === 'refused' ? `let through, failed with ${reply.code}` : 'the command was carried out';
  return { probe, kind: 'probe', outcome: 'violation', detail };
}

function answered(probe: string, who: string, reply: Reply): Look {
  const outcome = ({ answered: 'ok', refused: 'violation', silent: 'undecided' } as const)[reply.kind];
  return { probe, kind: 'control', outcome, detail: reply.kind === 'answered' ? '' : `${who}: ${reply.message}` };
}
