import { describe, expect, it } from 'vitest';
import * as other from './testing/build-other-results.ts';
import { buildPassingResult } from './testing/build-result.ts';
import { verdictSentence } from './verdict-sentence.ts';

describe('verdictSentence', () => {
  it.each([
    [
      'a pass',
      buildPassingResult(),
      'The architecture holds on what was measured: all 10 gated claims hold in a valid run.',
    ],
    ['a failure', other.buildFailingResult(), 'The architecture does not hold: 2 of 10 gated claims are broken.'],
    [
      'an open claim',
      other.buildInconclusiveResult(),
      'Nothing was found broken, but 1 of 10 gated claims is undecided.',
    ],
    [
      'an invalid run',
      other.buildInvalidResult(),
      'The run is not valid: 2 guards failed, so its figures decide nothing.',
    ],
    ['an incomplete run', other.buildIncompleteResult(), 'The run ended early, so nothing was decided in its favour.'],
    ['nothing', other.buildEmptyResult(), 'No claim was judged, and of nothing nothing follows.'],
  ])('of %s', (_, result, sentence) => {
    expect(verdictSentence(result)).toBe(sentence);
  });

  const foreign = { id: 'foreign-cpu', ok: false, observed: 40, limit: 15, unit: '%' as const, why: 'A neighbour.' };

  it('says of a pass for which load a guard failed, and no longer that the run is valid', () => {
    const result = buildPassingResult();
    result.validity.push({ ...foreign, scope: 'target-open' });
    expect(verdictSentence(result)).toBe(
      'The architecture holds on what was measured: all 10 gated claims hold, but the run is not valid for target-open, where 1 guard failed.',
    );
  });

  it('says of an undecided run for which loads guards failed, and of a guard of the whole run that it reaches all', () => {
    const result = other.buildInconclusiveResult();
    result.validity.push({ ...foreign, scope: 'target' }, { ...foreign, scope: 'baseline' });
    expect(verdictSentence(result)).toBe(
      'The run is not valid for target and baseline, where 2 guards failed: figures from there decide nothing.',
    );
    result.validity.push({ ...foreign, id: 'oom-kills', scope: 'baseline', invalidatesRun: true });
    expect(verdictSentence(result)).toBe('The run is not valid: 3 guards failed, so its figures decide nothing.');
  });

  it('says of a failure in an invalid run that both are true', () => {
    const result = other.buildFailingResult();
    result.validity = other.buildInvalidResult().validity;
    expect(verdictSentence(result)).toContain('broken. The run is not valid either');
  });
});
