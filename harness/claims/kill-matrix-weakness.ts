/** Why green probes prove nothing by the kill matrix of a run: none is known, or a defect went unseen; null where all were seen. */
import { flawsOf, type RecordedKillMatrix } from '../model/kill-matrix.ts';
import type { Missing } from './blocks-of.ts';

const mutateAgain = '`signoff mutate` (four to five minutes)';
const mostNamed = 5;

/** undefined: the run was stored by a version that recorded none. */
export function killMatrixWeakness(recorded: RecordedKillMatrix | undefined): Missing | null {
  if (recorded === undefined) {
    return {
      reason: 'This run recorded no kill matrix, so nothing shows that its probes would see a defect.',
      needs: `a run by this version, and before it ${mutateAgain}`,
    };
  }
  const { matrix, fingerprint } = recorded;
  if (matrix === null || matrix.fingerprint !== fingerprint) {
    return {
      reason:
        'No kill matrix of these probes, mutants and this service is known, so nothing shows that the probes would see a defect.',
      needs: `${mutateAgain}, and then \`signoff judge\``,
    };
  }
  const { unsound, survived, notApplied, notTried } = flawsOf(matrix);
  if (survived.length > 0) {
    return {
      reason: `The probes are not to be trusted: planted on purpose, ${list(survived)} went unseen.`,
      needs: `probes that see ${survived.length === 1 ? 'it' : 'them'}, and ${mutateAgain}`,
    };
  }
  if (unsound.length > 0) {
    return {
      reason: `The kill matrix proves nothing, for not all was well on the intact system: ${list(unsound)}.`,
      needs: `an intact system on which every probe is answered and green, and ${mutateAgain}`,
    };
  }
  const open = [...notApplied, ...notTried];
  if (open.length === 0 && matrix.mutants.length > 0) return null;
  return {
    reason: `Not every planted defect was tried on these probes${open.length === 0 ? '' : `: ${list(open)}`}.`,
    needs: `${mutateAgain} with every mutant`,
  };
}

function list(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
