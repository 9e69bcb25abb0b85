/** Counts of probes on the intact system and on a mutant → rows of the kill matrix: which probe noticed it, or why none did. Pure. */
import { isOfConfiguration, isSound, type Kill, type TriedMutant, type TriedProbe } from '../model/kill-matrix.ts';
import type { ProbeCount } from '../model/measurement.ts';
import type { Mutant } from '../model/mutant.ts';
import type { ProbeLayer } from '../model/probe-layer.ts';

const keyOf = ({ layer, probe }: { layer: string; probe: string }): string => `${layer}\n${probe}`;

/** One row for each probe of the intact system, its control and all its looks added up. */
export function triedProbes(counts: readonly ProbeCount[]): TriedProbe[] {
  const rows = new Map<string, TriedProbe>();
  for (const count of counts) {
    const row = rows.get(keyOf(count)) ?? untried(count);
    rows.set(keyOf(count), count.kind === 'probe' ? withProbe(row, count) : withControl(row, count));
  }
  return [...rows.values()];
}

function untried({ probe, layer, claim }: ProbeCount): TriedProbe {
  const counts = { count: 0, violations: 0, undecided: 0, controls: 0, controlFailures: 0 };
  return { probe, layer, claim, ...counts, example: null };
}

function withProbe(row: TriedProbe, { count, violations, undecided, examples }: ProbeCount): TriedProbe {
  return {
    ...row,
    count: row.count + count,
    violations: row.violations + violations,
    undecided: row.undecided + undecided,
    example: violations + undecided === 0 ? row.example : (row.example ?? examples[0] ?? null),
  };
}

function withControl(row: TriedProbe, { count, violations, undecided, examples }: ProbeCount): TriedProbe {
  return {
    ...row,
    controls: row.controls + count - undecided,
    controlFailures: row.controlFailures + violations,
    example: violations === 0 ? row.example : (row.example ?? examples[0] ?? null),
  };
}

/** Probes that were sound on the intact system and have a violation on the mutant; no other violation says anything of it. */
export function findKills(intact: readonly TriedProbe[], seen: readonly ProbeCount[]): Kill[] {
  const sound = new Set(intact.filter(isSound).map(keyOf));
  return seen
    .filter((count) => count.kind === 'probe' && count.violations > 0 && sound.has(keyOf(count)))
    .map(({ probe, layer, violations, count, examples, basis }) => ({
      ...{ probe, layer, violations, count },
      example: examples[0] ?? null,
      ...(basis === undefined ? {} : { basis }),
    }));
}

/** How a mutant ended: equivalent in name only is killed where a probe noticed it; whoever must see it has to, each by itself. */
export function judgeMutant(
  { equivalent, mustBeSeenBy = [] }: Pick<Mutant, 'equivalent' | 'mustBeSeenBy'>,
  killedBy: Kill[],
  seen: readonly ProbeCount[],
): Pick<TriedMutant, 'outcome' | 'killedBy' | 'reason' | 'seenInConfigurationOnly'> {
  const blind = mustBeSeenBy.filter((layer) => !killedBy.some((kill) => kill.layer === layer));
  if (killedBy.length > 0 && blind.length === 0) {
    const only = isOfConfiguration(killedBy) ? { seenInConfigurationOnly: true } : {};
    return { outcome: 'killed', killedBy, ...only, reason: null };
  }
  if (killedBy.length === 0 && equivalent !== undefined)
    return { outcome: 'equivalent', killedBy: [], reason: equivalent };
  const reasons =
    killedBy.length === 0 ? [whyNobodySawIt('no probe', seen)] : blind.map((layer) => whyBlind(layer, killedBy, seen));
  return { outcome: 'survived', killedBy: [], reason: reasons.join('; ') };
}

function whyBlind(layer: ProbeLayer, killedBy: readonly Kill[], seen: readonly ProbeCount[]): string {
  const others = `${killedBy.length} of other layers did, such as ${killedBy[0]?.probe ?? 'none'}`;
  const ofLayer = seen.filter((count) => count.layer === layer);
  return `${whyNobodySawIt(`no probe of the layer ${layer}, which must see it by itself,`, ofLayer)} (${others})`;
}

const mostNamed = 3;

function whyNobodySawIt(who: string, seen: readonly ProbeCount[]): string {
  const refused = seen.filter(({ kind, violations }) => kind === 'control' && violations > 0);
  const silent = seen.filter(({ kind, count, undecided }) => kind === 'probe' && count > 0 && count === undecided);
  const untrusted = seen.filter(({ kind, violations }) => kind === 'probe' && violations > 0);
  const parts = [
    ...(untrusted.length === 0
      ? []
      : [`only probes that were not sound on the intact system saw it: ${list(untrusted)}`]),
    ...(refused.length === 0
      ? []
      : [`controls failed, which shows that something is broken and not that it is open: ${list(refused)}`]),
    ...(silent.length === 0 ? [] : [`without an answer that decides: ${list(silent)}`]),
  ];
  return [`${who} saw it`, ...parts].join('; ');
}

function list(counts: readonly ProbeCount[]): string {
  const more = counts.length - mostNamed;
  const named = counts.slice(0, mostNamed).map(({ probe, examples }) => {
    return examples[0] === undefined ? probe : `${probe} (${examples[0]})`;
  });
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
