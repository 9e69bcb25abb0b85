/** A probe of how the service sets the tenant's context: for the transaction only, and never not at all. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Look, asControl, asProbe } from '../look.ts';
import { type ServiceCall, askService, ownReads } from './ask-service.ts';
import { localPorts } from './local-ports.ts';
import type { Player, PoolScene } from './pool-scene.ts';

const probe = 'pool: the context is set for the transaction only';

/** A statement is in sight while it runs and until the next one comes: one sighting of each path would do; these cost a tenth of a second more. */
const SIGHTINGS_WANTED = 6;
/**
 * Of the statements seen at least one in seven sets the context: so many others without one come about by chance once in ten million times.
 * Each counts once, however long it is seen: one that waits would else be seen a hundred times.
 */
const OTHERS_THAT_PROVE_ABSENCE = 100;
/** On a quiet machine a tenth of a second is enough; on one with more to do than cores little is seen a second. */
const SAMPLED_FOR_MS = 4_000;
const CALLERS = 6;

const tenantIds = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const seenSchema = z.object({ contexts: z.array(z.string()), sightings: z.int(), others: z.int() });

/**
 * What a session-level setting leaves on a pooled connection no request of a correct service ever reads, and no other session can read
 * it. So the statements themselves are looked at while requests run, in pg_stat_activity, which has them as they were sent.
 */
export async function lookAtContextStatements(scene: PoolScene): Promise<Look[]> {
  // Connections that were closed for being idle are opened again before they are looked for.
  await Promise.all(Array.from({ length: scene.connections }, (_, index) => askOnce(scene, ownReads, index)));
  return [...(await lookDuring(scene, 'reads', ownReads)), ...(await lookDuring(scene, 'writes', ownWrites))];
}

type CallsOf = (player: Player) => ServiceCall[];

/** What writes, and finds nothing to write. */
function ownWrites(): ServiceCall[] {
  return [{ path: `/api/v1/orders/${randomUUID()}/cancel`, method: 'POST' }];
}

async function lookDuring(scene: PoolScene, what: string, callsOf: CallsOf): Promise<Look[]> {
  const over = new AbortController();
  const callers = Array.from({ length: CALLERS }, (_, index) => keepAsking(scene, callsOf, index, over.signal));
  try {
    const seen = await sample(scene);
    const texts = seen.contexts.map((text) => text.replaceAll(tenantIds, '…')).join(' | ');
    const detail = `${what}: ${seen.sightings} sightings of statements that set it, ${seen.others} of others: ${texts}`;
    return [
      asProbe(probe, judge(seen), detail),
      asControl(
        probe,
        seen.sightings + seen.others > 0 ? 'ok' : 'undecided',
        `${what}: no statement of the service was seen`,
      ),
    ];
  } finally {
    over.abort();
    await Promise.all(callers);
  }
}

async function keepAsking(scene: PoolScene, callsOf: CallsOf, from: number, over: AbortSignal): Promise<void> {
  for (let index = from; !over.aborted; index += 1) await askOnce(scene, callsOf, index, over);
}

/** Each tenant's calls in turn. */
async function askOnce(scene: PoolScene, callsOf: CallsOf, index: number, signal?: AbortSignal): Promise<void> {
  const { players } = scene;
  const player = players[index % players.length] ?? players[0];
  const calls = callsOf(player);
  const call = calls[Math.floor(index / players.length) % calls.length] ?? { path: '' };
  await askService(scene, player, signal === undefined ? call : { ...call, signal });
}

type Seen = z.infer<typeof seenSchema>;

const isLocal = /set_config\s*\(\s*'app\.tenant_id'\s*,[^,)]*,\s*(true|'t(rue)?'|'on')\s*\)|^\s*set\s+local\s/i;
const isLasting =
  /set_config\s*\(\s*'app\.tenant_id'\s*,[^,)]*,\s*(false|'f(alse)?'|'off')\s*\)|^\s*set\s+(session\s+)?app\./i;

function judge({ contexts, others }: Seen): Look['outcome'] {
  if (contexts.some((text) => isLasting.test(text))) return 'violation';
  if (contexts.length === 0) return others >= OTHERS_THAT_PROVE_ABSENCE ? 'violation' : 'undecided';
  return contexts.every((text) => isLocal.test(text)) ? 'ok' : 'undecided';
}

/**
 * Within the server, so that a thousand looks fit into the time. It sleeps in between: on a machine with more to do than cores, one that
 * never sleeps would only ever run while the sessions it looks for do not.
 */
async function sample({ admin, system, service }: PoolScene): Promise<Seen> {
  const ports = await localPorts(service.pid);
  // By the ports of its process where they can be had, so that no other service's statements are taken for its own.
  const ofService =
    ports === null ? "usename = current_setting('app.probed_role')" : `client_port in (${[0, ...ports].join(', ')})`;
  const notices: string[] = [];
  const hear = ({ message }: { message?: string | undefined }): void => void notices.push(message ?? '');
  admin.on('notice', hear);
  try {
    await admin.query("select set_config('app.probed_role', $1, false)", [system.postgres.appUser]);
    await admin.query(samplingBlock(ofService));
  } finally {
    admin.off('notice', hear);
  }
  return seenSchema.parse(JSON.parse(notices.at(-1) ?? '{}'));
}

function samplingBlock(ofService: string): string {
  return `do $$
    declare
      contexts text[] := '{}'; sightings int := 0; others int := 0; seen text; began text; counted text[] := '{}';
      ends timestamptz := clock_timestamp() + interval '${SAMPLED_FOR_MS} milliseconds';
    begin
      loop
        perform pg_sleep(0.001), pg_stat_clear_snapshot();
        for seen, began in select query, pid || ' ' || query_start from pg_stat_activity
          where ${ofService} and datname = current_database() and state <> 'idle'
        loop
          if seen ~* 'app\\.tenant_id' then
            sightings := sightings + 1;
            if not seen = any (contexts) then contexts := contexts || left(seen, 200); end if;
          elsif seen !~* '^\\s*(begin|commit|rollback|start)' and not began = any (counted) then
            others := others + 1;
            counted := counted || began;
          end if;
        end loop;
        exit when sightings >= ${SIGHTINGS_WANTED} or others >= ${OTHERS_THAT_PROVE_ABSENCE} or clock_timestamp() > ends;
      end loop;
      raise notice '%', json_build_object('contexts', contexts, 'sightings', sightings, 'others', others);
    end $$`;
}
