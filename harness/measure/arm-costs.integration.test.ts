/** What requests cost is counted on a real service and a real database: each request, each statement, a connection that is kept. */
import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type ArmCost, armCostSchema } from '../model/arm-cost.ts';
import { manifestSchema } from '../model/manifest.ts';
import type { ServiceInstance } from '../model/system.ts';
import { armCostsGatherer } from './arm-costs.ts';
import { countStatementsIn } from './database-use.ts';
import { adminClient } from './postgres-client.ts';
import { serviceScrapes } from './service-scrapes.ts';

const system = inject('system');
const REQUESTS = 50;

/** set_config of the tenant, and the query. */
const STATEMENTS_PER_REQUEST = 2;

let cookie = '';
let portfolios = 0;

function service(): ServiceInstance {
  const found = system.services.find(({ arm }) => arm === 'rls');
  if (found === undefined) throw new Error('the system has no service in production mode');
  return { ...found, arm: 'base', database: system.postgres.database };
}

beforeAll(async () => {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(system.manifestPath ?? '', 'utf8')));
  const [tenant] = manifest.tenants;
  const answer = await fetch(`${service().url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tenant: tenant?.slug, email: tenant?.users[0]?.email, password: manifest.demoPassword }),
  });
  expect(answer.status).toBe(200);
  cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const client = adminClient(system);
  await client.connect();
  await client.query('create extension if not exists pg_stat_statements');
  await client.end();
});

async function askForPortfolios(): Promise<number> {
  const answer = await fetch(`${service().url}/api/v1/portfolios`, { headers: { cookie } });
  expect(answer.status).toBe(200);
  const text = await answer.text();
  portfolios = (JSON.parse(text) as { items: unknown[] }).items.length;
  return text.length;
}

/** `during` happens between the two ends of the window. */
async function costOf(services: ServiceInstance[], during: () => Promise<void>): Promise<ArmCost[]> {
  const gatherer = armCostsGatherer(system, services, serviceScrapes(services));
  try {
    await gatherer.open?.();
    await gatherer.windowStarts?.();
    await during();
    await gatherer.windowEnds?.();
    return (await gatherer.read()).map((cost) => armCostSchema.parse(cost));
  } finally {
    await gatherer.close?.();
  }
}

describe('the costs of an arm', () => {
  it('are those of its requests, each counted once', async () => {
    let answeredBytes = 0;
    const [cost, ...others] = await costOf([service()], async () => {
      for (let asked = 0; asked < REQUESTS; asked += 1) answeredBytes += await askForPortfolios();
    });
    expect(others).toEqual([]);
    expect(cost).toMatchObject({
      ...{ arm: 'base', requests: REQUESTS, statements: REQUESTS * STATEMENTS_PER_REQUEST },
      ...{ poolWaits: 0, poolWaitingMax: 0, connectionsInUseAtEnd: 0 },
    });
    expect(cost?.bytesWritten).toBeGreaterThan(answeredBytes);
    expect(cost?.allocatedBytes).toBeGreaterThan(answeredBytes);
    expect(cost?.cpuSeconds).toBeGreaterThan(0);
    // Each request reads its tenant's portfolios at least once.
    expect(cost?.rowsRead).toBeGreaterThanOrEqual(REQUESTS * portfolios);
  });

  it('are nothing where nothing was asked', async () => {
    const [cost] = await costOf([service()], () => Promise.resolve());
    expect(cost).toMatchObject({ requests: 0, statements: 0 });
  });

  it('are not told by a service of which only the address is known', async () => {
    const { arm, slot, url } = service();
    const [cost] = await costOf([{ arm, slot, url, pid: null }], async () => void (await askForPortfolios()));
    expect(cost).toMatchObject({ requests: 1, bytesWritten: null, statements: null, rowsRead: null });
  });

  it('are unknown, and not nothing, of a database in which no statement was counted', async () => {
    const client = adminClient(system);
    await client.connect();
    try {
      expect(await countStatementsIn(client, ['never_created'], system.postgres.adminUser)).toEqual(new Map());
    } finally {
      await client.end();
    }
  });

  it('show a connection that stays in use after the load', async () => {
    const { host, port, database, adminUser: user, adminPassword: password } = system.postgres;
    const holder = new Client({ host, port, database, user, password });
    await holder.connect();
    let held: Promise<Response> | undefined;
    try {
      const [cost] = await costOf([service()], async () => {
        await holder.query('begin; lock table portfolios in access exclusive mode');
        // Whatever it is answered: on a busy machine it may wait longer than the service's role waits for a lock.
        held = fetch(`${service().url}/api/v1/portfolios`, { headers: { cookie } });
        await waitForLock(holder);
      });
      expect(cost?.connectionsInUseAtEnd).toBe(1);
    } finally {
      await holder.end();
    }
    await held;
  });
});

async function waitForLock(client: Client): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await client.query(`select from pg_locks where not granted`);
      return rows.length;
    })
    .toBeGreaterThan(0);
}

describe('modes of one build', () => {
  it('have no costs of builds', async () => {
    expect(await costOf(system.services, () => Promise.resolve())).toEqual([]);
  });
});
