/** Unit tests of the settings that a build is given only if it knows them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configurationSchema } from '../../../reference-service/configuration/configuration.ts';
import { oneClientSettings } from './one-client-settings.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'signoff-settings-'));
afterAll(() => rmSync(directory, { recursive: true }));

function bundle(text: string): string {
  const file = path.join(directory, 'server.mjs');
  writeFileSync(file, text);
  return file;
}

describe('the settings for one client', () => {
  it('are the service’s own', () => {
    const names = Object.keys(oneClientSettings(undefined)).map((name) => name.replace('ALPHAPULSE_', ''));
    expect(names).toEqual(['LOGIN_RATE_PER_NETWORK']);
    for (const name of names) expect(Object.keys(configurationSchema.shape)).toContain(name);
  });

  it('are kept from a build that does not know them', () => {
    expect(oneClientSettings(bundle('schema({ LOGIN_RATE_PER_NETWORK: number })'))).toEqual(
      oneClientSettings(undefined),
    );
    expect(oneClientSettings(bundle('schema({ LOGIN_RATE_PER_MINUTE: number })'))).toEqual({});
  });
});
