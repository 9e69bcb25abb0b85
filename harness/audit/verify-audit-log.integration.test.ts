/** The chain in a real database: the trigger and the verifier agree, tampering is found, tenants do not wait for each other. */
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../seed/testing/scratch-database.ts';
import { adminClient } from '../measure/postgres-client.ts';
import { readAnchor, writeAnchor, type Anchor } from './anchor.ts';
import { verifyAuditLog, type AuditVerification } from './verify-audit-log.ts';

const a = '00000000-0000-4000-8000-00000000000a';
const b = '00000000-0000-4000-8000-00000000000b';
const EVENTS_EACH = 6;
const LOCK_NOT_AVAILABLE = '55P03';
const { signal } = new AbortController();
let database: ScratchDatabase;
let client: Client;

beforeAll(async () => {
  database = await createScratchDatabase(inject('system').postgres, { migrated: true });
  client = await database.connect();
  const insert = `insert into tenants (id, slug, name, tier) values ($1, 'a', 'A', 'pro'), ($2, 'b', 'B', 'pro')`;
  await client.query(insert, [a, b]);
});
afterAll(async () => {
  await client.end();
  await database[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await client.query('truncate audit_events, audit_heads');
  for (let number = 0; number < EVENTS_EACH; number += 1) {
    for (const tenant of [a, b]) await addEvent(client, tenant, `order:${number}`);
  }
});

async function addEvent(by: Client, tenant: string, subject: string): Promise<void> {
  const text = `insert into audit_events (tenant_id, action, subject, detail) values ($1, 'order.created', $2, '{"b": 1, "a": [2]}')`;
  await by.query(text, [tenant, subject]);
}

async function verify(anchor: Anchor | null = null): Promise<AuditVerification> {
  return await verifyAuditLog(client, { anchor, signal });
}

async function told(anchor: Anchor | null = null): Promise<string[]> {
  return (await verify(anchor)).problems.map(({ slug, kind, from, to }) => `${slug}: ${kind} ${from}-${to}`);
}

/** As a superuser who switches triggers off. */
async function tamper(...statements: string[]): Promise<void> {
  await client.query('set session_replication_role = replica');
  for (const statement of statements) await client.query(statement);
  await client.query('set session_replication_role = origin');
}

describe('the audit log of the seeded system', () => {
  it('is intact as the seed and the services wrote it', async () => {
    const system = adminClient(inject('system'));
    await system.connect();
    try {
      const { events, tenants, problems, protection } = await verifyAuditLog(system, { anchor: null, signal });
      expect(problems).toEqual([]);
      expect(events).toBeGreaterThan(50);
      expect(tenants).toBeGreaterThanOrEqual(6);
      expect(protection).toEqual({ triggerEnabled: true, mayChange: [] });
    } finally {
      await system.end();
    }
  });
});

describe('an audit log', () => {
  it('is intact as the trigger made it, whatever is in its fields', async () => {
    await client.query(
      `insert into audit_events (tenant_id, actor_id, action, subject, detail, occurred_at)
       select $1, case when number % 2 = 0 then gen_random_uuid() end, 'é' || number, E'tab\\tquote" \\\\ 漢 🎉',
         jsonb_build_object('text', E'line\\nquote" \\\\ é 漢 🎉', 'number', 1e21 * number, 'list', '[1, null, {"b": 1, "a": 2}]'::jsonb),
         timestamptz '1969-07-20 20:17:40.123456+02' + number * interval '123456.789 s'
       from generate_series(1, 20) number`,
      [a],
    );
    expect(await verify()).toMatchObject({ events: 2 * EVENTS_EACH + 20, tenants: 2, problemCount: 0 });
  });

  it('overwrites what an insert says of the chain', async () => {
    await client.query(
      `insert into audit_events (tenant_id, action, subject, sequence_number, previous_hash, hash) values ($1, 'x', 'y', 1, '', '')`,
      [a],
    );
    expect(await told()).toEqual([]);
  });

  it('tells a changed row', async () => {
    await tamper(`update audit_events set subject = 'order:none' where tenant_id = '${a}' and sequence_number = 3`);
    expect(await told()).toEqual(['a: changed 3-3']);
  });

  it('tells a row removed in the middle, and the last ones', async () => {
    await tamper(`delete from audit_events where tenant_id = '${a}' and sequence_number = 3`);
    await tamper(`delete from audit_events where tenant_id = '${b}' and sequence_number > 4`);
    expect(await told()).toEqual(['a: removed 3-3', 'b: removed 5-6']);
  });

  it('tells two rows that changed places', async () => {
    await tamper(
      `update audit_events set sequence_number = -1 where tenant_id = '${a}' and sequence_number = 2`,
      `update audit_events set sequence_number = 2 where tenant_id = '${a}' and sequence_number = 5`,
      `update audit_events set sequence_number = 5 where tenant_id = '${a}' and sequence_number = -1`,
    );
    expect(await told()).toEqual(['a: reordered 2-2', 'a: reordered 5-5']);
  });

  it('tells a forged row, its hash computed with the database’s own function', async () => {
    await tamper(
      `insert into audit_events (tenant_id, id, action, subject, detail, occurred_at, sequence_number, previous_hash, hash)
       select tenant_id, 999, 'order.created', 'order:forged', '{}', now(), last_number + 1, last_hash,
         audit_hash(tenant_id, last_number + 1, last_hash, 999, null, 'order.created', 'order:forged', '{}', now())
       from audit_heads where tenant_id = '${a}'`,
    );
    expect(await told()).toEqual(['a: inserted 7-7']);
  });

  it('tells that it was emptied, heads or not', async () => {
    const { heads } = await verify();
    const anchor = readAnchor(writeAnchor({ writtenAt: '2026-11-22T12:00:00.000Z', heads }));
    expect(await told(anchor)).toEqual([]);
    await client.query('truncate audit_events');
    expect(await told()).toEqual(['a: removed 1-6', 'b: removed 1-6']);
    await client.query('truncate audit_heads');
    expect(await told()).toEqual([]);
    expect(await told(anchor)).toEqual(['a: anchor 1-6', 'b: anchor 1-6']);
  });

  it('that a superuser made anew, heads and all, is told by an anchor only', async () => {
    const { heads } = await verify();
    await client.query(`delete from audit_heads`);
    await client.query(`create temporary table kept as select * from audit_events`);
    await client.query('truncate audit_events');
    await client.query(
      `insert into audit_events (tenant_id, id, actor_id, action, subject, detail, occurred_at)
       select tenant_id, id, actor_id, action, case id % 5 when 0 then 'order:none' else subject end, detail, occurred_at
       from kept order by id`,
    );
    await client.query('drop table kept');
    expect(await told()).toEqual([]);
    expect(await told({ writtenAt: '', heads })).toEqual(['a: anchor 1-6', 'b: anchor 1-6']);
  });

  it('says whether new events are chained, and who may change old ones', async () => {
    await client.query('alter table audit_events disable trigger chain_audit_event');
    await client.query('grant update on audit_events to alphapulse_app');
    expect((await verify()).protection).toEqual({ triggerEnabled: false, mayChange: ['alphapulse_app'] });
    await client.query('revoke update on audit_events from alphapulse_app');
    await client.query('alter table audit_events enable trigger chain_audit_event');
  });

  it('is not verified by a role that policies bind: it would find an empty log intact', async () => {
    await client.query('set role alphapulse_app');
    await expect(verify()).rejects.toThrow('policies hide');
    await client.query('rollback');
    await client.query('reset role');
  });
});

describe('events that are added at once', () => {
  it('of one tenant make one chain', async () => {
    const clients = await Promise.all(Array.from({ length: 4 }, () => database.connect()));
    await Promise.all(
      clients.map(async (one) => {
        for (let number = 0; number < 25; number += 1) await addEvent(one, a, `order:${number}`);
        await one.end();
      }),
    );
    expect(await verify()).toMatchObject({ events: 2 * EVENTS_EACH + 100, problemCount: 0 });
  });

  it('of a tenant without any make one chain as well', async () => {
    await client.query('truncate audit_events, audit_heads');
    const clients = await Promise.all(Array.from({ length: 4 }, () => database.connect()));
    await Promise.all(clients.map((one) => addEvent(one, a, 'order:first')));
    await Promise.all(clients.map((one) => one.end()));
    expect(await verify()).toMatchObject({ events: 4, problemCount: 0 });
  });

  it('wait for the same tenant’s transaction, and for no other’s', async () => {
    const [holding, other] = [await database.connect(), await database.connect()];
    try {
      await holding.query('begin');
      await addEvent(holding, a, 'order:held');
      await other.query(`set lock_timeout = '100ms'`);
      await addEvent(other, b, 'order:free');
      await expect(addEvent(other, a, 'order:waits')).rejects.toMatchObject({ code: LOCK_NOT_AVAILABLE });
      await holding.query('commit');
      await addEvent(other, a, 'order:after');
    } finally {
      await holding.end();
      await other.end();
    }
    expect(await verify()).toMatchObject({ events: 2 * EVENTS_EACH + 3, problemCount: 0 });
  });
});
