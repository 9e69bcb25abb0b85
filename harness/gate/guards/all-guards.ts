/** Every guard, in the order in which the report shows them. */
import { achievedRate } from './achieved-rate.ts';
import { containersRestarted } from './containers-restarted.ts';
import { databaseRole } from './database-role.ts';
import { droppedIterations } from './dropped-iterations.ts';
import { errorShare } from './error-share.ts';
import { generatorCpu } from './generator-cpu.ts';
import { generatorExit } from './generator-exit.ts';
import { generatorThrottled } from './generator-throttled.ts';
import { foreignCpu } from './foreign-cpu.ts';
import type { Guard } from './guard.ts';
import { oomKills } from './oom-kills.ts';
import { rlsForced } from './rls-forced.ts';
import { samplesPresent } from './samples-present.ts';

export const allGuards: readonly Guard[] = [
  generatorExit,
  samplesPresent,
  achievedRate,
  droppedIterations,
  generatorCpu,
  generatorThrottled,
  foreignCpu,
  oomKills,
  containersRestarted,
  errorShare,
  databaseRole,
  rlsForced,
];
