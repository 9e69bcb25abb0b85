/** What a disturbance of the machine amounts to over several blocks. */
import { expect, it } from 'vitest';
import { overBlocks } from './over-blocks.ts';

it('is the worst block where one arm is judged by itself', () => {
  expect(overBlocks({ arms: ['rls'] }, [0.01, 0.3, 0.02])).toBe(0.3);
});

it('is the mean of the blocks where arms run at the same time', () => {
  expect(overBlocks({ arms: ['base', 'candidate'] }, [0.01, 0.3, 0.02])).toBeCloseTo(0.11);
  expect(overBlocks({ arms: ['rls', 'filter', 'bare'] }, [0.3])).toBe(0.3);
});
