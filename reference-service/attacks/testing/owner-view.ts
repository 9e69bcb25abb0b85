/** What the owner of a row sees of it: an attack is judged by this, not by what the attacker was told. */
import { expect } from 'vitest';
import { call, itemsOf, type SeededTenant } from '../../testing/api-client.ts';
import { as } from './actors.ts';

/** All rows of a list, as the tenant's administrator reads them, page by page. */
export async function rowsOf(tenant: SeededTenant, list: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  const cookie = await as(tenant, 'admin');
  for (let cursor = ''; cursor !== 'null';) {
    const answer = await call('GET', `/api/v1/${list}?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`, {
      cookie,
    });
    expect(answer.status, list).toBe(200);
    rows.push(...itemsOf(answer));
    cursor = String(answer.body['nextCursor']);
  }
  return rows;
}

/** The one row of that id. */
export async function rowOf(tenant: SeededTenant, list: string, id: unknown): Promise<Record<string, unknown>> {
  const row = (await rowsOf(tenant, list)).find((candidate) => candidate['id'] === id);
  if (row === undefined) throw new Error(`${tenant.slug} has no ${String(id)} in ${list}`);
  return row;
}
