/** Unit tests of the command line of `provision`. */
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../configuration/read-configuration.ts';
import { readRequest } from './read-request.ts';

function problemsOf(args: string[], environment: NodeJS.ProcessEnv = {}): string[] {
  try {
    readRequest(args, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the command line of provision', () => {
  it('takes several commands, and addresses from the variables of the service', () => {
    const environment = { ALPHAPULSE_DATABASE_HOST: 'postgres', ALPHAPULSE_RLS_MODE: 'rls', PATH: '/bin' };
    expect(readRequest(['vault', 'database', 'vault', '--secrets', '/run/secrets'], environment)).toMatchObject({
      commands: ['vault', 'database'],
      secretsDirectory: '/run/secrets',
      waitMs: 30_000,
      settings: { DATABASE_HOST: 'postgres', DATABASE_PORT: 5432, VAULT_ADDR: 'http://127.0.0.1:8200' },
    });
    expect(readRequest(['tenants', '--secrets=x', '--wait', '0'], {})?.waitMs).toBe(0);
  });

  it('reports every mistake at once, in arguments and variables', () => {
    const wrong = ['vaults', '--secret', 'x', '--wait', '1s'];
    expect(problemsOf(wrong, { ALPHAPULSE_DATABASE_PORT: '0', ALPHAPULSE_VAULT: 'x' })).toEqual([
      '"vaults" is no command; there are secrets, database, vault, tenants',
      'there is no flag --secret',
      '"x" is no command; there are secrets, database, vault, tenants',
      'give --secrets DIR, once',
      '--wait takes a whole number of seconds, once',
      'no command is given; there are secrets, database, vault, tenants',
      'ALPHAPULSE_DATABASE_PORT: "0"; expected 1 to 65535',
      'ALPHAPULSE_VAULT: no such setting',
    ]);
  });

  it('asks for nothing where only help is wanted', () => {
    expect(readRequest(['--help'], {})).toBeNull();
  });
});
