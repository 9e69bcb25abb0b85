/** Unit tests of the migration command's arguments. */
import { describe, expect, it } from 'vitest';
import { planMigration } from './migration-plan.ts';

const names = ['000_baseline', '001_tenants', '002_users_tenant_id'];

describe('planMigration', () => {
  it('leaves the extent to the library when none is given', () => {
    expect(planMigration(['up'], names)).toEqual({ direction: 'up', timestamp: false });
  });

  it('keeps the named migration applied in both directions', () => {
    expect(planMigration(['up', '--to', '001_tenants'], names)).toEqual({ direction: 'up', count: 1, timestamp: true });
    expect(planMigration(['down', '--to', '001'], names)).toEqual({ direction: 'down', count: 2, timestamp: true });
  });

  it('takes a count', () => {
    expect(planMigration(['down', '--count', '3'], names)).toEqual({ direction: 'down', count: 3, timestamp: false });
  });

  it.each([
    [[], 'expected one verb'],
    [['sideways'], 'expected one verb'],
    [['up', 'now'], 'expected one verb'],
    [['up', '--to', '009'], 'no such migration'],
    [['up', '--count', '0'], 'whole number'],
    [['up', '--count', '1', '--to', '001'], 'not both'],
    [['up', '--force'], 'force'],
  ])('refuses %j', (args, message) => {
    expect(() => planMigration(args, names)).toThrow(message);
  });
});
