/** Every guard, in the order in which the report shows them: the load, the machine, the answers, the system under test. */
import { achievedRate } from './achieved-rate.ts';
import { containersRestarted } from './containers-restarted.ts';
import { databaseRole } from './database-role.ts';
import { droppedIterations } from './dropped-iterations.ts';
import { errorBurst } from './error-burst.ts';
import { errorShare } from './error-share.ts';
import { foreignCpu } from './foreign-cpu.ts';
import { generatorCpu } from './generator-cpu.ts';
import { generatorExit } from './generator-exit.ts';
import { generatorThrottled } from './generator-throttled.ts';
import type { Guard } from './guard.ts';
import { hostSteal } from './host-steal.ts';
import { iterationLag } from './iteration-lag.ts';
import { measuredTime } from './measured-time.ts';
import { oomKills } from './oom-kills.ts';
import { rlsForced } from './rls-forced.ts';
import { samplesComplete } from './samples-complete.ts';
import { samplesPresent } from './samples-present.ts';
import { serviceBuild } from './service-build.ts';
import { unauthorisedBurst } from './unauthorised-burst.ts';
import { usersAtCeiling } from './users-at-ceiling.ts';

export const allGuards: readonly Guard[] = [
  generatorExit,
  samplesPresent,
  samplesComplete,
  measuredTime,
  achievedRate,
  droppedIterations,
  iterationLag,
  usersAtCeiling,
  generatorCpu,
  generatorThrottled,
  foreignCpu,
  hostSteal,
  oomKills,
  containersRestarted,
  errorShare,
  errorBurst,
  unauthorisedBurst,
  serviceBuild,
  databaseRole,
  rlsForced,
];
