/** The suite of probes through the pool: whatever a request leaves behind on its connection, the next one must not meet it. */
import { countLooks, type Look } from '../look.ts';
import type { ProbeSuite } from '../probe-scene.ts';
import { lookAtContextStatements } from './context-statements.ts';
import { lookAfterDisturbances } from './disturbances.ts';
import { lookAtExhaustion, lookAtMixedTenants } from './exhaustion.ts';
import { lookThroughPgBouncer } from './pgbouncer.ts';
import { lookAtPipelining } from './pipelining.ts';
import { type PoolScene, buildPoolScene } from './pool-scene.ts';

const families: readonly ((scene: PoolScene) => Promise<Look[]>)[] = [
  lookAtMixedTenants,
  lookAfterDisturbances,
  lookAtExhaustion,
  lookAtContextStatements,
  lookAtPipelining,
  lookThroughPgBouncer,
];

export const poolSuite: ProbeSuite = {
  layer: 'pool',
  run: async (scene) => {
    const played = await buildPoolScene(scene);
    try {
      const looks: Look[] = [];
      for (const look of families) {
        scene.signal.throwIfAborted();
        looks.push(...(await look(played)));
      }
      return countLooks('pool', looks);
    } finally {
      await played.admin.end();
    }
  },
};
