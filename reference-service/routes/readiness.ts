/** Whether the service can serve, and which of its dependencies is down. */
import { z } from 'zod';
import { query, statement } from '../database/statement.ts';
import type { Services } from '../services.ts';

const dependencySchema = z.strictObject({ ok: z.boolean(), error: z.string().optional() });
type Dependency = z.infer<typeof dependencySchema>;

export const readinessSchema = z.strictObject({
  ready: z.boolean(),
  rlsMode: z.string(),
  databaseUser: z.string().nullable(),
  databaseUserExemptFromRls: z.boolean().nullable(),
  draining: z.boolean(),
  dependencies: z.strictObject({ postgres: dependencySchema, redis: dependencySchema, vault: dependencySchema }),
});
export type Readiness = z.infer<typeof readinessSchema>;

const currentUser = statement<{ user: string; exempt: boolean }>(
  'readiness.current-user',
  `select current_user::text as user, rolsuper or rolbypassrls as exempt from pg_roles where rolname = current_user`,
);

// Health without a token; the codes that Vault uses for its states would otherwise read as failures.
const healthPath = 'sys/health?standbyok=true&sealedcode=200&uninitcode=200';
const healthSchema = z.object({ initialized: z.boolean(), sealed: z.boolean() });

async function check(probe: () => Promise<void>): Promise<Dependency> {
  try {
    await probe();
    return { ok: true };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return { ok: false, error: error instanceof Error ? `${error.message.replace(/\.$/, '')}${cause}` : String(error) };
  }
}

/** Ready means: requests of trading can be served. Without Redis or Vault they can, so these only show as down. */
export async function checkReadiness(services: Services, draining: boolean): Promise<Readiness> {
  const { configuration, database, redis, vault } = services;
  let user: { user: string; exempt: boolean } | undefined;
  const [postgres, redisState, vaultState] = await Promise.all([
    check(async () => {
      [user] = await database.shared(query(currentUser));
    }),
    check(async () => {
      await redis.ping();
    }),
    check(async () => {
      const { initialized, sealed } = healthSchema.parse(await vault.request('GET', healthPath));
      if (!initialized) throw new Error('not initialised');
      if (sealed) throw new Error('sealed: credential routes answer 503, everything else goes on');
    }),
  ]);
  return {
    ready: postgres.ok && !draining,
    rlsMode: configuration.RLS_MODE,
    databaseUser: user?.user ?? null,
    databaseUserExemptFromRls: user?.exempt ?? null,
    draining,
    dependencies: { postgres, redis: redisState, vault: vaultState },
  };
}
