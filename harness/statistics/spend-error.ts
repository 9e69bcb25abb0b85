/**
 * Which confidence a bound needs so that many bounds together, or many looks at a growing sample, are wrong as seldom as is stated.
 *
 * Several figures: each takes an equal part of the error (Bonferroni; Dunn 1961, JASA 56:52). It holds whatever the figures have to do
 * with one another, which matters because loads of one run share a machine. Holm's steps (1979) would give more power, but they are
 * proved for rejecting null hypotheses, of which a decided claim has none left; here every bound may be wrong on either side.
 *
 * Several looks: the first takes half of the error, each further one half of what is left (alpha spending; Lan & DeMets 1983,
 * Biometrika 70:659). The parts never add up to more than the whole, so the number of looks need not be known, and looking may stop
 * for whatever reason. Nothing is assumed of how the looks hang together; O'Brien & Fleming's bounds would need to know it.
 */

export interface ErrorShare {
  /** Of all figures and looks together, of each side. */
  confidence: number;
  figures: number;
  /** 1 for the first; null where it is looked at once, at the end that was fixed beforehand. */
  look: number | null;
}

export function confidenceOfShare({ confidence, figures, look }: ErrorShare): number {
  return 1 - (1 - confidence) / Math.max(1, figures) / (look === null ? 1 : 2 ** look);
}
