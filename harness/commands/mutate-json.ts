/** The contract of `mutate --json`: five entries a mutant, and what they amount to; examples and reasons are in kill-matrix.json. */
import { idleProbes, flawsOf, type KillMatrix, matrixVerdict } from '../model/kill-matrix.ts';

export function mutateJson(matrix: KillMatrix, exitCode: number) {
  const { mutants, probes, wallMs, notTried } = matrix;
  return {
    mutants: mutants.map(({ id, layer, outcome, killedBy, seenInConfigurationOnly = false }) => ({
      ...{ id, layer, outcome, seenInConfigurationOnly },
      killedBy: killedBy.map(({ probe }) => probe),
    })),
    probes: probes.length,
    // Which probes a few mutants were not seen by says nothing of the probes.
    idle: notTried.length > 0 ? null : idleProbes(matrix).map(({ layer, probe }) => ({ layer, probe })),
    unsound: flawsOf(matrix).unsound,
    ...{ notTried, wallMs, verdict: matrixVerdict(matrix), exitCode },
  };
}
