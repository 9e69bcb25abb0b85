/** Guard: every arm ran in the mode and with the kind of database role that it stands for. */
import type { MeasuredBlock } from '../../model/claim.ts';
import { type Arm, modeOfArm } from '../../model/experiment.ts';
import type { Guard } from './guard.ts';

export const databaseRole: Guard = {
  id: 'database-role',
  title: 'Service mode and database role as declared',
  why: 'A superuser, an owner or a role with BYPASSRLS is not bound by row-level security: with it, production was not tested.',
  bound: 'at-most',
  read: ({ experiment, blocks }) => {
    const faults: string[] = [];
    for (const block of blocks) {
      const { service, postgres } = block.measurement.artefacts;
      if (!service.ok) return { unreadable: `service facts: ${service.error.message}` };
      if (!postgres.ok) return { unreadable: `Postgres facts: ${postgres.error.message}` };
      for (const arm of experiment.arms) faults.push(...faultsOfArm(block, arm));
    }
    const distinct = [...new Set(faults)];
    return { observed: faults.length, ...(faults.length === 0 ? {} : { detail: distinct.join('; ') }) };
  },
};

function faultsOfArm({ measurement }: MeasuredBlock, arm: Arm): string[] {
  const { service, postgres } = measurement.artefacts;
  if (!service.ok || !postgres.ok) return [];
  const instances = service.value.filter((instance) => instance.arm === arm);
  const roles = postgres.value.roles.filter((role) => role.arm === arm);
  const faults = instances
    .filter((instance) => instance.mode !== modeOfArm[arm])
    .map((instance) => `arm ${arm} ran in mode ${instance.mode}`);
  if (instances.length === 0) faults.push(`arm ${arm} has no service that reports its mode`);
  if (roles.length === 0) faults.push(`arm ${arm} has no known database role`);
  // The other arms are exempt on purpose: bound by the policies, they would hide what the policies cost.
  if (modeOfArm[arm] !== 'rls') {
    return [
      ...faults,
      ...roles
        .filter((role) => !role.bypassRls && !role.superuser)
        .map(({ user }) => `${user} (arm ${arm}) is bound by row security`),
    ];
  }
  for (const { user, superuser, bypassRls, ownsTables } of roles) {
    if (superuser) faults.push(`${user} is a superuser`);
    if (bypassRls) faults.push(`${user} has BYPASSRLS`);
    if (ownsTables > 0) faults.push(`${user} owns ${ownsTables} tables`);
  }
  return faults;
}
