/** The command line: what is accepted, and that every mistake is reported, not just the first. */
import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';
import { SeedError } from './seed-error.ts';

function problemsOf(args: string[]): readonly string[] {
  try {
    readArguments(args);
  } catch (error) {
    if (error instanceof SeedError && error.exit === 'usage') return error.problems;
    throw error;
  }
  throw new Error('the arguments were accepted');
}

describe('readArguments', () => {
  it('fills in defaults', () => {
    const settings = readArguments(['--tenants', '6', '--seed=42']);
    expect(settings).toMatchObject({ tenants: 6, seed: '42', 'rows-per-tenant': 5_000, json: false, help: false });
    expect(settings.manifest).toMatch(/seed\/out\/manifest\.json$/);
    expect(settings['database-url']).toBeUndefined();
  });

  it('takes every flag', () => {
    const url = 'postgres://postgres@127.0.0.1:5432/alphapulse';
    const flags = ['--tenants', '6', '--seed', '-7', '--rows-per-tenant', '200', '--manifest', 'm.json', '--out', 'o'];
    const more = [
      '--database-url',
      url,
      '--parallel',
      '2',
      '--password-memory-kib',
      '8',
      '--password-passes',
      '1',
      '--json',
      '--if-empty',
      '--database-password-file',
      'secret',
    ];
    expect(readArguments([...flags, ...more])).toMatchObject({ seed: '-7', out: 'o', 'database-url': url, json: true });
    expect(readArguments([...flags, ...more])).toMatchObject({ ifEmpty: true, 'database-password-file': 'secret' });
  });

  it('reports all problems together', () => {
    const bad = ['--tenants', '0', '--rows-per-tenant', 'many', '--database-url', 'mysql://x', '--speed', '9', 'extra'];
    const problems = problemsOf([...bad, '--parallel', '99', '--json=yes', '--out', '--help-me']);
    expect(problems).toEqual([
      'unknown flag --speed',
      'unexpected argument "9"',
      'unexpected argument "extra"',
      '--json takes no value',
      '--out needs a value',
      '--tenants must be a whole number from 1 to 99999; given: "0"',
      '--seed is required',
      '--rows-per-tenant must be a whole number from 50 to 50000; given: "many"',
      '--database-url must be postgres://user@host:port/database; given: "mysql://x"',
      '--out must be a path; given: ""',
      '--parallel must be a whole number from 1 to 16; given: "99"',
    ]);
  });

  it('refuses what is of no use without a database', () => {
    expect(problemsOf(['--tenants', '1', '--seed', 'a', '--if-empty', '--database-password-file', 'x'])).toEqual([
      '--database-password-file needs --database-url',
      '--if-empty needs --database-url',
    ]);
  });

  it('refuses a flag that is given twice, and seeds that a shell or a file would mangle', () => {
    expect(problemsOf(['--tenants', '1', '--tenants', '2', '--seed', 'a b'])).toEqual([
      '--tenants is given twice',
      '--seed must be 1 to 64 letters, digits or . : @ _ -; given: "a b"',
    ]);
  });
});
