/** The contract of `mutate --json`: four entries a mutant, and what they amount to; examples and reasons are in kill-matrix.json. */
import { idleProbes, flawsOf, type KillMatrix, matrixVerdict } from '../model/kill-matrix.ts';

export function mutateJson(matrix: KillMatrix, exitCode: number) {
  const { mutants, probes, wallMs, notTried } = matrix;
  return {
    mutants: mutants.map(({ id, layer, outcome, killedBy }) => ({
      ...{ id, layer, outcome },
      killedBy: killedBy.map(({ probe }) => probe),
    })),
    probes: probes.length,
    idle: idleProbes(matrix).map(({ probe }) => probe),
    unsound: flawsOf(matrix).unsound,
    ...{ notTried, wallMs, verdict: matrixVerdict(matrix), exitCode },
  };
}
