/** A defect: a small declared change for the worse, planted to see that the claim it breaks turns red. */
import type { ClaimId } from '../model/thresholds.ts';

/** Text in a source file of the reference service, and what stands there instead. It must match exactly once. */
export interface SourceReplacement {
  /** Path below reference-service/. */
  file: string;
  pattern: string;
  replacement: string;
}

export type DefectChange =
  { layer: 'service'; replacements: SourceReplacement[] } | { layer: 'postgres'; statements: string[] };

export interface Defect {
  id: string;
  /** What is wrong with the system once it is planted. */
  title: string;
  /** The claims that must turn red where they are measured; no other may. */
  breaks: ClaimId[];
  change: DefectChange;
}
