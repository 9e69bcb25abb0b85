/** Unit tests of what a new password may be. */
import { describe, expect, it } from 'vitest';
import { isEasilyGuessed, newPasswordSchema } from './new-password.ts';

const own = ['jane.doe', 'Jane Doe', 'northwind'];

describe('a new password', () => {
  it.each([
    'password123!',
    'Password2026',
    'P@ssw0rd1234',
    'qwertyuiop',
    '1234567890',
    '9876543210',
    'aaaaaaaaaaaa',
    'abababababab',
    'alphapulse2026',
    'northwind2026!',
    'jane.doe12345',
    '123welcome123',
  ])('is not %j', (password) => {
    expect(isEasilyGuessed(password, own)).toBe(true);
  });

  it.each([
    'a long enough password',
    'correct horse battery',
    'Kx7-vv2!mmQp',
    'Demo-amber-harbour-4711',
    'пароль-для-теста',
  ])('may be %j', (password) => {
    expect(isEasilyGuessed(password, own)).toBe(false);
  });

  it('has ten to two hundred characters', () => {
    expect(newPasswordSchema.safeParse('123456789').success).toBe(false);
    expect(newPasswordSchema.safeParse('x'.repeat(201)).success).toBe(false);
    expect(newPasswordSchema.safeParse('x'.repeat(200)).success).toBe(true);
  });
});
