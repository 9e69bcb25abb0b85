/** The number of requests in the measured time for a gate of one's own: exact, and so without an interval of any width. */
import { type FigureOf, directionOf, requestsIn } from './gate-figure.ts';

export const countFigure: FigureOf = ({ gate, blocks, confidence }) => {
  const value = requestsIn(blocks);
  return {
    quantity: {
      ...{ value, unit: 'count', direction: directionOf(gate), samples: value },
      ...{ interval: [value, value], confidence },
    },
    evidence: [],
    tooFew: null,
    needs: 'nothing: a count is exact',
  };
};
