/** Names and texts that need quotes get them. */
import { expect, it } from 'vitest';
import { qualifiedName, quoteName, quoteRole, quoteText } from './quote.ts';

it.each([
  ['orders', 'orders'],
  ['order', '"order"'],
  ['Orders', '"Orders"'],
  ['a"b', '"a""b"'],
  ['public', 'public'],
  ['2nd', '"2nd"'],
])('the name %s is %s', (name, quoted) => {
  expect(quoteName(name)).toBe(quoted);
});

it('texts keep their quotes and backslashes', () => {
  expect(quoteText(`it's`)).toBe(`'it''s'`);
  expect(quoteText('a\\b')).toBe(` E'a\\\\b'`);
});

it('of tables have both parts, and nobody in particular is PUBLIC', () => {
  expect(qualifiedName({ schema: 'My', name: 'user' })).toBe('"My"."user"');
  expect([quoteRole(null), quoteRole('Web')]).toEqual(['PUBLIC', '"Web"']);
});
