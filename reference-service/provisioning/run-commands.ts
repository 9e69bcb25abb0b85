/** Runs the commands of a request: each as soon as those are done that it builds on, the others meanwhile. */
import type { ProvisioningContext } from './provisioning-context.ts';
import { commandNames, type CommandName } from './read-request.ts';

interface Command {
  /** What it builds on, where that is asked for as well. */
  after: CommandName[];
  run: (context: ProvisioningContext) => Promise<object>;
}

/** Imported when needed: each brings the client of its server along. */
const commandTable: Record<CommandName, Command> = {
  secrets: { after: [], run: async (context) => (await import('./make-secrets.ts')).makeSecrets(context) },
  database: {
    after: ['secrets'],
    run: async (context) => (await import('./provision-database.ts')).provisionDatabase(context),
  },
  vault: { after: ['secrets'], run: async (context) => (await import('./provision-vault.ts')).provisionVault(context) },
  tenants: {
    after: ['database', 'vault'],
    run: async (context) => (await import('./provision-tenants.ts')).provisionTenants(context),
  },
};

export interface CommandOutcomes {
  /** What each command did. */
  done: Partial<Record<CommandName, object>>;
  failures: unknown[];
}

/** A failure does not stop what does not build on it. */
export async function runCommands(
  requested: readonly CommandName[],
  context: ProvisioningContext,
): Promise<CommandOutcomes> {
  const running = new Map<CommandName, Promise<object>>();
  for (const name of commandNames.filter((candidate) => requested.includes(candidate))) {
    const { after, run } = commandTable[name];
    const earlier = Promise.all(after.flatMap((one) => running.get(one) ?? []));
    running.set(
      name,
      earlier.then(() => run(context)),
    );
  }
  const done: CommandOutcomes['done'] = {};
  const reasons: unknown[] = [];
  await Promise.all(
    [...running].map(([name, outcome]) =>
      outcome.then(
        (result) => (done[name] = result),
        (reason: unknown) => reasons.push(reason),
      ),
    ),
  );
  // Whatever builds on a failed command fails with the same reason.
  return { done, failures: [...new Set(reasons)] };
}
