/** auto says why; what this version has not got is refused by name. */
import { describe, expect, it } from 'vitest';
import { chooseEnvironment, driverOf } from './choose-environment.ts';

describe('chooseEnvironment', () => {
  it('takes embedded and says why', async () => {
    const { driver, reason } = await chooseEnvironment('auto');
    expect(driver.kind).toBe('embedded');
    expect(reason).toMatch(/^auto: /);
  });

  it.each(['containers', 'external'] as const)('refuses %s', async (kind) => {
    await expect(chooseEnvironment(kind)).rejects.toMatchObject({ code: 'ENVIRONMENT_REFUSED' });
    expect(() => driverOf(kind)).toThrow(/not available yet in this version/);
  });
});
