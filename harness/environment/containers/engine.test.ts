/** Engines and Composes that lack what is used are refused by name, with what mends it. */
import { describe, expect, it } from 'vitest';
import { SignoffError } from '../../model/errors.ts';
import { refuseOld } from './engine.ts';

const good = { version: '20.10.24+dfsg1', api: '1.41', composeVersion: '2.26.1-4' };

describe('refuseOld', () => {
  it('lets the oldest that will do pass, and later ones', () => {
    expect(() => refuseOld(good)).not.toThrow();
    expect(() => refuseOld({ ...good, api: '1.50', composeVersion: '2.24.4' })).not.toThrow();
  });

  it.each([
    [{ version: '19.03.15', api: '1.40' }, /engine is too old: 19\.03\.15 speaks API 1\.40/],
    [{ api: '1.5' }, /API 1\.5/],
    [{ composeVersion: '2.9.0' }, /Compose is too old: 2\.9\.0/],
    [{ composeVersion: '2.24.3' }, /2\.24\.4 is the first/],
  ])('refuses %o', (change, message) => {
    const refusal = (): void => refuseOld({ ...good, ...change });
    expect(refusal).toThrow(message);
    expect(refusal).toThrow(SignoffError);
    try {
      refusal();
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENGINE_UNUSABLE', exitCode: 69 });
      expect((error as SignoffError).hint).toMatch(/Update .*\n.*--environment embedded/);
    }
  });
});
