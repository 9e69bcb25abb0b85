/** Provisions what the service stands on: `node provision.ts secrets|database|vault|tenants … --secrets DIR` (README.md). */
import { ConfigurationError } from './configuration/read-configuration.ts';
import { readRequest, type ProvisioningRequest } from './provisioning/read-request.ts';
import { runCommands } from './provisioning/run-commands.ts';
import { openSecretTree } from './provisioning/secret-tree.ts';
import { ServerRefusal } from './provisioning/server-refusal.ts';

const usageExit = 64;
const unavailableExit = 69;
const internalExit = 70;
const interruptedExit = 130;

const usage = `usage: node reference-service/provision.ts COMMAND… --secrets DIR [--wait SECONDS]

  secrets    make what is missing of the passwords and of the files that Redis and PgBouncer read
  database   roles, database, extension and migrations in Postgres
  vault      initialise and unseal Vault; mounts, policies, session key, the service's login
  tenants    a policy in Vault for each tenant of the database; drop what Redis has cached of tenants

Each command changes only what is not right yet. database and vault wait up to 30 seconds (--wait) for a server that is starting.
The servers' addresses come from ALPHAPULSE_DATABASE_HOST, _PORT and _NAME, ALPHAPULSE_REDIS_HOST and _PORT, ALPHAPULSE_VAULT_ADDR.
Exit codes: 0 done, 64 bad arguments or secrets missing, 69 a server does not answer or refuses, 70 internal error, 130 interrupted.
`;

function readRequestOrExit(): ProvisioningRequest {
  try {
    const request = readRequest(process.argv.slice(2), process.env);
    if (request !== null) return request;
    process.stdout.write(usage);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`provision: ${error.message}\n\n${usage}`);
    process.exit(usageExit);
  }
}

/** Says what went wrong, a line each, and returns the exit code of the gravest. */
function report(failures: unknown[]): number {
  let exitCode = 0;
  for (const failure of failures) {
    if (failure instanceof ServerRefusal) {
      process.stderr.write(`provision: ${failure.message}\n`);
      exitCode = Math.max(exitCode, unavailableExit);
    } else if (failure instanceof ConfigurationError) {
      process.stderr.write(`provision: ${failure.message}\n`);
      exitCode = Math.max(exitCode, usageExit);
    } else {
      process.stderr.write(`provision: ${failure instanceof Error ? (failure.stack ?? '') : String(failure)}\n`);
      exitCode = internalExit;
    }
  }
  return exitCode;
}

// The first process of a container ignores signals that it does not handle.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(interruptedExit));

const { commands, secretsDirectory, waitMs, settings } = readRequestOrExit();
const tree = openSecretTree(secretsDirectory);
const { done, failures } = await runCommands(commands, {
  tree,
  waitMs,
  settings,
  serviceDirectory: import.meta.dirname,
});
if (failures.length === 0) process.stdout.write(`${JSON.stringify({ event: 'provisioned', ...done })}\n`);
process.exitCode = report(failures);
