import { expect, it } from 'vitest';
import { untoldClaims } from './untold-claims.ts';

it('are none of two programs that are started here', async () => {
  const told: string[] = [];
  expect(await untoldClaims([{ entry: 'a.js' }, { entry: 'b.js' }], ({ kind }) => told.push(kind))).toEqual([]);
  expect(told).toEqual([]);
});

it('are all costs of a service that tells nothing of itself, and are told', async () => {
  const told: string[] = [];
  const url = 'http://127.0.0.1:1';
  const untold = await untoldClaims([{ url }, { url }], (event) => told.push(JSON.stringify(event)));
  const costs = ['CMP-BYTES', 'CMP-STATEMENTS', 'CMP-ROWS', 'CMP-CPU', 'CMP-ALLOCATION', 'CMP-CONNECTIONS'];
  expect(untold).toEqual(costs);
  expect(told.at(-1)).toContain(`not judged, because a URL does not tell it: ${costs.join(', ')}`);
});
