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

  it('says of a failure in an invalid run that both are true', () => {
    const result = other.buildFailingResult();
    result.validity = other.buildInvalidResult().validity;
    expect(verdictSentence(result)).toContain('broken. The run is not valid either');
  });
});
