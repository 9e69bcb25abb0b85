/** Section: where the time and the CPU went, and what the logins cost. */
import type { Result } from '../../model/result.ts';
import { formatCount, formatNumber, formatShare, thinSpace } from '../format/number.ts';
import { formatBytes } from '../format/quantity.ts';
import { formatDuration } from '../format/time.ts';
import { type Markup, markup } from '../markup.ts';
import { table } from '../table.ts';
import type { Section } from './section.ts';

type ProcessUse = Result['processes'][number];
type Phase = Result['phases'][number];

/** A bar beside its figure, drawn so that it also prints where backgrounds are left out. */
function shareBar(share: number): Markup {
  const length = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return markup`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8" /><rect class="fill" width="${length}" height="8" /></svg>`;
}

function processTable(processes: readonly ProcessUse[]): Markup {
  if (processes.length === 0) return markup`<p>No process was watched.</p>`;
  const groups = Map.groupBy(processes, (process) => process.scenario);
  return table({
    caption: 'CPU and memory by process, over the whole block with its warm-up',
    narrow: 'scroll',
    dense: true,
    columns: [
      { title: 'Process', width: 30, cell: (process: ProcessUse) => process.name },
      { title: 'CPU time', numeric: true, cell: (process) => `${formatNumber(process.cpuSeconds, 1)}${thinSpace}s` },
      { title: 'Share of all cores', numeric: true, cell: (process) => formatShare(process.cpuShareOfCores) },
      { title: '0 to 100 %', cell: (process) => shareBar(process.cpuShareOfCores) },
      { title: 'Peak memory', numeric: true, cell: (process) => formatBytes(process.peakRssBytes) },
    ],
    groups: [...groups].map(([title, rows]) => ({
      title,
      rows: [...rows].sort((a, b) => b.cpuSeconds - a.cpuSeconds),
    })),
  });
}

function phaseTable(phases: readonly Phase[]): Markup {
  if (phases.length === 0) return markup`<p>No phase was timed.</p>`;
  const totalMs = phases.reduce((total, phase) => total + phase.wallMs, 0);
  const share = (phase: Phase) => (totalMs === 0 ? 0 : phase.wallMs / totalMs);
  return table({
    caption: `Wall time of the phases, ${formatDuration(totalMs)} in all`,
    narrow: 'scroll',
    dense: true,
    columns: [
      { title: 'Phase', width: 30, cell: (phase: Phase) => phase.id },
      { title: 'Wall time', numeric: true, cell: (phase) => formatDuration(phase.wallMs) },
      { title: 'Share', numeric: true, cell: (phase) => formatShare(share(phase)) },
      { title: '0 to 100 %', cell: (phase) => shareBar(share(phase)) },
    ],
    groups: [{ title: null, rows: phases }],
  });
}

function loginSentence(logins: Result['logins']): string {
  if (logins.count === 0) return 'No login was recorded.';
  return (
    `${formatCount(logins.count)} real logins before the load, by a bounded pool: p50 ${formatNumber(logins.p50Ms)} ms, ` +
    `p95 ${formatNumber(logins.p95Ms)} ms. They hash a password each, on purpose slowly, and count towards no gate.`
  );
}

export function resourcesSection(result: Result): Section {
  return {
    id: 'resources',
    title: 'Where the time and the CPU went',
    body: markup`${phaseTable(result.phases)}
${processTable(result.processes)}
<h3>Logins</h3>
<p>${loginSentence(result.logins)}</p>`,
  };
}
