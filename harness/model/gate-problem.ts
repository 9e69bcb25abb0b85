/** A mistake in a gate of one's own: where, what was given, what is allowed. */
export interface GateProblem {
  /** Below the gate's entry; empty for the entry as a whole. */
  place: string;
  /** "is", "has the unknown tag". */
  what: string;
  given: unknown;
  allowed: string;
  /** Names that the given one may have been meant for. */
  known?: readonly string[];
}
