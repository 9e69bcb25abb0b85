/** The number of requests in the measured time for a gate of one's own: exact, and so without an interval of any width. */
import { numberText, roughText } from '../number-text.ts';
import { type FigureOf, directionOf, requestsIn } from './gate-figure.ts';

export const countFigure: FigureOf = ({ gate, blocks, population, confidence }) => {
  const value = requestsIn(blocks);
  // A count is exact, but that none of a handful of requests failed says little.
  const few = population < gate.minimumSamples;
  return {
    quantity: {
      ...{ value, unit: 'count', direction: directionOf(gate), samples: value },
      ...{ interval: [value, value], confidence },
    },
    evidence: [],
    tooFew: few ? `${numberText(population)} requests are fewer than ${numberText(gate.minimumSamples)}` : null,
    needs: few ? `about ${roughText(gate.minimumSamples - population)} more requests` : 'nothing: a count is exact',
  };
};
