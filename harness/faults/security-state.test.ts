import { expect, it } from 'vitest';
import { compareStates } from './security-state.ts';

it('names what only one of two states has, and nothing of equal ones', () => {
  expect(compareStates('a\nb\nc', 'a\nc\nd')).toEqual(['- b', '+ d']);
  expect(compareStates('a\nb', 'a\nb')).toEqual([]);
});

it('shows a part of a difference that is long', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
  expect(compareStates('', lines.join('\n')).length).toBeLessThan(lines.length);
});
