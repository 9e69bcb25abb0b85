/** Durability is part of what is measured, and a value cannot break out of its quotes. */
import { describe, expect, it } from 'vitest';
import { postgresSettings, renderPostgresSettings } from './postgres-settings.ts';

describe('Postgres settings', () => {
  it('leave durability on and listen on loopback alone', () => {
    const settings = postgresSettings(5432);
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) expect(settings).not.toHaveProperty(name);
    expect(settings).toMatchObject({ listen_addresses: '127.0.0.1', unix_socket_directories: '', port: '5432' });
  });

  it('are quoted as postgresql.conf wants it', () => {
    expect(renderPostgresSettings({ a: "it's" })).toBe("a = 'it''s'\n");
  });
});
