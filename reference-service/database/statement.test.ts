/** Unit tests of statement names. */
import { describe, expect, it } from 'vitest';
import { statement } from './statement.ts';

describe('statement', () => {
  it('refuses a name that is taken: one prepared statement cannot have two texts', () => {
    statement('statement-test.once', 'select 1');
    expect(() => statement('statement-test.once', 'select 2')).toThrow('taken');
  });

  it('refuses a name that Postgres would cut', () => {
    expect(() => statement('x'.repeat(64), 'select 1')).toThrow('too long');
  });
});
