/** An outcome as a sign and a word. */
import { type Markup, markup, trusted } from './markup.ts';
import { type Outcome, outcomeWords } from './outcome.ts';

/** Drawn in a 16 × 16 box: tick, cross, half-filled disc, open ring. Different in shape as well as in colour. */
const signs: Record<Outcome, string> = {
  holds: '<path d="M2.5 8.5l3.6 3.8 7.4-8.4" fill="none" stroke="currentColor" stroke-width="2.4" />',
  broken: '<path d="M3.2 3.2l9.6 9.6M12.8 3.2l-9.6 9.6" fill="none" stroke="currentColor" stroke-width="2.4" />',
  inconclusive:
    '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.8" />' +
    '<path d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" fill="currentColor" />',
  'not-measured':
    '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2.6 2" />',
};

/** The sign alone, hidden from assistive technology: the word always stands beside it. */
export function outcomeSign(outcome: Outcome): Markup {
  return markup`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true">${trusted(signs[outcome])}</svg>`;
}

/** Sign and word, for instance in a table cell; another word where the table speaks of something else. */
export function outcomeBadge(outcome: Outcome, word: string = outcomeWords[outcome]): Markup {
  return markup`<span class="outcome ${outcome}">${outcomeSign(outcome)}${word}</span>`;
}
