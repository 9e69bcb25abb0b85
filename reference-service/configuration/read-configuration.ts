/** Reads the configuration once, from the environment and the secret files it names; reports all problems together. */
import { readFileSync } from 'node:fs';
import { configurationPrefix, configurationSchema, type Configuration } from './configuration.ts';
import { readTls } from './read-tls.ts';
import { readVariables } from './read-variables.ts';

/** Every problem of a configuration, a line each. */
export class ConfigurationError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`the configuration is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

const secretFiles = {
  databasePassword: 'DATABASE_PASSWORD_FILE',
  redisPassword: 'REDIS_PASSWORD_FILE',
  vaultRoleId: 'VAULT_ROLE_ID_FILE',
  vaultSecretId: 'VAULT_SECRET_ID_FILE',
} as const;

function readSecret(path: string | undefined, key: string, problems: string[]): string {
  if (path === undefined || path === '') return '';
  try {
    const secret = readFileSync(path, 'utf8').trim();
    if (secret === '') problems.push(`${configurationPrefix}${key}: the file ${path} is empty`);
    return secret;
  } catch (error) {
    problems.push(`${configurationPrefix}${key}: ${error instanceof Error ? error.message : String(error)}`);
    return '';
  }
}

/** Throws a ConfigurationError that names each variable, the value given and what it may be. */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const { data, given, problems } = readVariables(configurationSchema, environment);
  const secrets = {
    databasePassword: readSecret(given[secretFiles.databasePassword], secretFiles.databasePassword, problems),
    redisPassword: readSecret(given[secretFiles.redisPassword], secretFiles.redisPassword, problems),
    vaultRoleId: readSecret(given[secretFiles.vaultRoleId], secretFiles.vaultRoleId, problems),
    vaultSecretId: readSecret(given[secretFiles.vaultSecretId], secretFiles.vaultSecretId, problems),
  };
  const tls = readTls(given, problems);
  if (data === undefined || problems.length > 0) throw new ConfigurationError(problems);
  return { ...data, ...secrets, tls };
}
