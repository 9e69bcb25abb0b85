/** Builds this program once for each case of a selftest, changed for the worse as the case wants it. */
import { resolveBuild, type ResolvedBuild } from '../builds/resolve-build.ts';
import { replacementsOf } from '../faults/regression.ts';
import { SignoffError } from '../model/errors.ts';
import type { Progress } from '../model/progress.ts';
import type { CommandContext } from './command-context.ts';
import type { PreparedSystem } from './prepare-system.ts';
import type { SelftestPlan } from './selftest-request.ts';

/** What one arm of a case runs; `plan` is null where that is the program as it is. */
interface SelftestProgram {
  plan: SelftestPlan;
  built: ResolvedBuild;
}

/** All before the first load: whoever goes on working on the source meanwhile changes no case, and a pattern that is gone is told at once. */
export async function buildSelftestPrograms(
  context: Pick<CommandContext, 'root' | 'signal'>,
  { plans, manifest, progress }: Pick<PreparedSystem, 'manifest'> & { plans: SelftestPlan[]; progress: Progress },
): Promise<{ base: ResolvedBuild; programs: SelftestProgram[] }> {
  const { root, signal } = context;
  const making = { root, workingDirectory: root, signal, progress };
  const base = await resolveBuild('.', making);
  const programs: SelftestProgram[] = [];
  for (const plan of plans) {
    if (plan === null) programs.push({ plan, built: base });
    else {
      const planted = { id: plan.id, replacements: replacementsOf(plan, middleTenant(manifest)) };
      programs.push({ plan, built: await resolveBuild('.', { ...making, planted }) });
    }
  }
  return { base, programs };
}

/** Neither the smallest nor the largest. */
function middleTenant({ tenants }: PreparedSystem['manifest']): string {
  const tenant = tenants[Math.floor(tenants.length / 2)];
  if (tenant === undefined) throw new SignoffError('INTERNAL', 'the seed has no tenant');
  return tenant.id;
}
