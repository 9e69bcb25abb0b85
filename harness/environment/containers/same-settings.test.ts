/** The servers of docker-compose.yml have the settings of the embedded ones: what is measured differs in its environment alone. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { postgresSettings } from '../embedded/postgres-settings.ts';
import { redisSettings } from '../embedded/redis-server.ts';
import { repositoryFolder } from '../service/service-program.ts';
import { composeFile } from './compose-model.ts';

/** Where it listens is the image's own business. */
const PLACE = new Set(['listen_addresses', 'port', 'unix_socket_directories']);
/** The image's own already, in these very words. */
const DEFAULTS = new Set(['log_destination', 'logging_collector']);

/** The entries of the list `command` of a service. */
function commandOf(service: string): string[] {
  const text = readFileSync(path.join(repositoryFolder, composeFile), 'utf8');
  const block = new RegExp(`^  ${service}:\\n((?:    .*\\n|\\n)*)`, 'm').exec(text)?.[1] ?? '';
  const list = /^ {4}command:\n((?: {6}- .*\n)+)/m.exec(block)?.[1] ?? '';
  return list
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^ {6}- /, '').replace(/^'(.*)'$/, '$1'));
}

describe('docker-compose.yml', () => {
  it('starts Postgres with the settings of the embedded one', () => {
    const [program, ...rest] = commandOf('postgres');
    expect(program).toBe('postgres');
    const given: Record<string, string> = Object.fromEntries(
      rest
        .filter((word) => word !== '-c')
        .map((word): [string, string] => [word.split('=')[0] ?? '', word.slice(word.indexOf('=') + 1)]),
    );
    const wanted = Object.entries(postgresSettings(0)).filter(([name]) => !PLACE.has(name) && !DEFAULTS.has(name));
    expect(given).toEqual(Object.fromEntries(wanted));
  });

  it('starts Redis with the settings of the embedded one', () => {
    const words = commandOf('redis').slice(1);
    const pairs = words.flatMap((word, index) =>
      word.startsWith('--') ? [[word.slice(2), words[index + 1] ?? '']] : [],
    );
    const { aclfile, ...given } = Object.fromEntries(pairs) as Record<string, string>;
    expect(aclfile).toBe('/run/alphapulse/redis/users.acl');
    expect({ ...given, save: `"${given['save']}"` }).toEqual(redisSettings);
  });
});
