/** An anchor is read back as it was written, and nothing else is taken for one. */
import { expect, it } from 'vitest';
import { readAnchor, writeAnchor } from './anchor.ts';
import { buildChain, headOf } from './testing/build-chain.ts';

it('keeps the time and every head', () => {
  const anchor = { writtenAt: '2026-11-22T12:00:00.000Z', heads: [headOf(buildChain(3))] };
  expect(readAnchor(writeAnchor(anchor))).toEqual(anchor);
});

it.each(['', '{}', '{"schemaVersion":1,"writtenAt":"2026-11-22T12:00:00Z","heads":[{"tenantId":"x"}]}'])(
  'refuses %j',
  (text) => {
    expect(() => readAnchor(text)).toThrow();
  },
);
