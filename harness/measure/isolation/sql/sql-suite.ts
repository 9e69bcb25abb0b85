/** The suite of probes in SQL: as the application's own role and without the service's explicit filter, the policies alone must hold. */
import { adminClient } from '../../postgres-client.ts';
import { countLooks, type Look } from '../look.ts';
import type { ProbeScene, ProbeSuite } from '../probe-scene.ts';
import { type AppSession, openAppSession } from './app-session.ts';
import { lookAtBlindUpdates } from './blind-updates.ts';
import { lookAtCatalogue } from './catalogue.ts';
import { lookAtContexts } from './contexts.ts';
import { lookAtCopyIn } from './copy-in.ts';
import { lookAtErrorTexts } from './error-texts.ts';
import { lookAtExecutor } from './executor.ts';
import { lookAtFunctions } from './functions.ts';
import { lookAtLeftContexts } from './left-contexts.ts';
import { lookAtPolicySettings } from './policy-settings.ts';
import { lookAtPowers } from './powers.ts';
import { lookAtReads } from './reads.ts';
import { lookAtReferences } from './references.ts';
import { lookAtRelations, lookAtSequences } from './relations.ts';
import { type SqlScene, buildSqlScene } from './sql-scene.ts';
import { lookAtStatistics } from './statistics.ts';
import { lookAtWrites } from './writes.ts';

const families: readonly ((scene: SqlScene) => Promise<Look[]>)[] = [
  lookAtCatalogue,
  lookAtContexts,
  lookAtPolicySettings,
  lookAtReads,
  lookAtWrites,
  lookAtBlindUpdates,
  lookAtCopyIn,
  lookAtReferences,
  lookAtErrorTexts,
  lookAtFunctions,
  lookAtRelations,
  lookAtSequences,
  lookAtStatistics,
  lookAtExecutor,
  lookAtLeftContexts,
  lookAtPowers,
];

/** Nothing is changed: every transaction is rolled back. */
export const sqlSuite: ProbeSuite = {
  layer: 'sql',
  run: async (scene: ProbeScene) => {
    const { system, service, signal } = scene;
    const database = service.database ?? system.postgres.database;
    const admin = adminClient(system, database);
    const opened: AppSession[] = [];
    const open = async (pipeline: boolean): Promise<AppSession> => {
      const session = await openAppSession(system, database, pipeline);
      opened.push(session);
      return session;
    };
    await admin.connect();
    try {
      const played = await buildSqlScene(scene, { app: await open(true), copier: await open(false), admin, database });
      const looks: Look[] = [];
      for (const look of families) {
        signal.throwIfAborted();
        looks.push(...(await look(played)));
      }
      return countLooks('sql', looks);
    } finally {
      await Promise.all([admin, ...opened].map((one) => one.end()));
    }
  },
};
