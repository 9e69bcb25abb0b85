import { expect, it } from 'vitest';
import { buildComparisonResult } from '../testing/build-comparison-result.ts';
import { buildPassingResult } from '../testing/build-result.ts';
import { latenciesSection } from './latencies.ts';

it('names the arm whose percentiles are shown', () => {
  const compared = latenciesSection(buildComparisonResult()).body.source;
  expect(compared).toContain('percentiles of the candidate');
  expect(compared).not.toContain('production arm');
  expect(latenciesSection(buildPassingResult()).body.source).toContain('percentiles of the production arm');
});
