/** Every guard, in the order in which the report shows them: the load, the machine, the answers, the system under test. */
import { achievedRate } from './achieved-rate.ts';
import { armsAlike } from './arms-alike.ts';
import { autovacuum } from './autovacuum.ts';
import { clockStep } from './clock-step.ts';
import { connectionBudget } from './connection-budget.ts';
import { containersRestarted } from './containers-restarted.ts';
import { dataUnchanged } from './data-unchanged.ts';
import { databaseRole } from './database-role.ts';
import { diskSpace } from './disk-space.ts';
import { droppedIterations } from './dropped-iterations.ts';
import { errorBurst } from './error-burst.ts';
import { errorShare } from './error-share.ts';
import { forcedCheckpoints } from './forced-checkpoints.ts';
import { foreignCpu } from './foreign-cpu.ts';
import { generatorAgreement } from './generator-agreement.ts';
import { generatorCpu } from './generator-cpu.ts';
import { generatorExit } from './generator-exit.ts';
import { generatorThrottled } from './generator-throttled.ts';
import { generatorWait } from './generator-wait.ts';
import type { Guard } from './guard.ts';
import { hostSteal } from './host-steal.ts';
import { iterationLag } from './iteration-lag.ts';
import { measuredTime } from './measured-time.ts';
import { oomKills } from './oom-kills.ts';
import { rlsForced } from './rls-forced.ts';
import { samplesComplete } from './samples-complete.ts';
import { samplesPresent } from './samples-present.ts';
import { serviceBuild } from './service-build.ts';
import { swap } from './swap.ts';
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
  generatorWait,
  generatorThrottled,
  generatorAgreement,
  foreignCpu,
  hostSteal,
  swap,
  diskSpace,
  clockStep,
  oomKills,
  containersRestarted,
  errorShare,
  errorBurst,
  unauthorisedBurst,
  serviceBuild,
  connectionBudget,
  forcedCheckpoints,
  autovacuum,
  armsAlike,
  dataUnchanged,
  databaseRole,
  rlsForced,
];
