/** Section: what each container used of the limits that are part of the architecture, and whether it reached them. */
import type { ContainerLimits } from '../../model/environment.ts';
import type { Result } from '../../model/result.ts';
import {
  formatCores,
  formatCount,
  formatExact,
  formatNumber,
  formatPlural,
  formatShare,
  noValue,
  thinSpace,
} from '../format/number.ts';
import { formatBytes } from '../format/quantity.ts';
import { type Markup, markup } from '../markup.ts';
import { table } from '../table.ts';
import type { Section } from './section.ts';

export type ContainerSummary = Result['containers'][number];

/** Below this a limit is felt by fewer requests than a p99 leaves out. */
const feltShare = 0.01;

/** From here on a p99 is ascribed to the limit: well above the share that a p99 leaves out, for not every stop meets a request. */
const decidingShare = 0.05;

/** Servers on the way of the requests, which Vault is not. */
const onPathOfRequests = /^(service|postgres|redis)\b/;

/** The containers whose CPU limit was reached often enough to be felt at p99, worst first. */
export function throttledContainers(result: Result): ContainerSummary[] {
  return result.containers
    .filter(({ throttledShare }) => throttledShare >= feltShare)
    .sort((one, other) => other.throttledShare - one.throttledShare);
}

function throttledLine({ scenario, name, throttledShare, cpuLimit }: ContainerSummary): Markup {
  const decides = throttledShare >= decidingShare && onPathOfRequests.test(name);
  const of = cpuLimit === null ? 'that limit' : formatCores(cpuLimit);
  const effect = decides ? `: this p99 is that of ${name} with ${of}` : '';
  return markup`<li><b>${scenario}</b>: ${name} reached its CPU limit in ${formatShare(throttledShare)} of the periods${effect}.</li>`;
}

function throttledList(result: Result): Markup {
  const throttled = throttledContainers(result);
  if (throttled.length === 0) {
    return markup`<p>No container reached its CPU limit in 1${thinSpace}% of the periods or more.</p>`;
  }
  return markup`<ul>${throttled.map(throttledLine)}</ul>`;
}

/** What makes the run invalid, before any figure; null when nothing did. */
function endedLine(containers: readonly ContainerSummary[]): Markup | null {
  const parts = containers.flatMap(({ scenario, name, oomKills, restarts }) => [
    ...(oomKills > 0 ? [`${name} in ${scenario}: killed for memory ${formatPlural(oomKills, 'time')}`] : []),
    ...(restarts > 0 ? [`${name} in ${scenario}: ended or started anew ${formatPlural(restarts, 'time')}`] : []),
  ]);
  return parts.length === 0 ? null : markup`<p><b class="broken">The run is invalid. ${parts.join('; ')}.</b></p>`;
}

function cpuCell({ cpuCores, cpuLimit }: ContainerSummary): string {
  const used = formatNumber(cpuCores, 2);
  return cpuLimit === null ? `${used}, no limit` : `${used} of ${formatExact(cpuLimit)}`;
}

function memoryCell({ memoryPeakBytes, memoryLimitBytes }: ContainerSummary): string {
  const peak = formatBytes(memoryPeakBytes);
  return memoryLimitBytes === null ? `${peak}, no limit` : `${peak} of ${formatBytes(memoryLimitBytes)}`;
}

/** What should be nothing stands out where it is something. */
function countCell(count: number): Markup | string {
  return count === 0 ? formatCount(0) : markup`<b class="broken">${formatCount(count)}</b>`;
}

function useTable(containers: readonly ContainerSummary[]): Markup {
  const groups = Map.groupBy(containers, ({ scenario }) => scenario);
  return table({
    caption: 'Use of the limits in the measured time, in the worst block',
    narrow: 'scroll',
    dense: true,
    columns: [
      { title: 'Container', width: 16, cell: (one: ContainerSummary) => one.name },
      { title: 'Killed', numeric: true, cell: (one) => countCell(one.oomKills) },
      { title: 'Ended', numeric: true, cell: (one) => countCell(one.restarts) },
      { title: 'CPU, cores', numeric: true, cell: cpuCell },
      { title: 'Share', numeric: true, cell: (one) => formatShare(one.cpuShareOfLimit) },
      {
        title: 'Stopped by limit',
        numeric: true,
        cell: (one) => (one.cpuLimit === null ? noValue : formatShare(one.throttledShare)),
      },
      { title: 'Peak memory', numeric: true, cell: memoryCell },
    ],
    groups: [...groups].map(([title, rows]) => ({ title, rows })),
  });
}

function containerTable(containers: readonly ContainerLimits[]): Markup | null {
  if (containers.length === 0) return null;
  return table({
    caption: 'Images and limits of the containers',
    narrow: 'stack',
    columns: [
      { title: 'Container', width: 14, cell: (one: ContainerLimits) => one.composeService },
      {
        title: 'Image',
        cell: (one) => markup`${one.image} <p class="long quiet">${one.imageId}</p>`,
      },
      {
        title: 'CPU limit',
        width: 14,
        cell: (one) => (one.cpuLimit === null ? 'none' : formatCores(one.cpuLimit)),
      },
      {
        title: 'Memory limit',
        width: 16,
        cell: (one) => (one.memoryLimitBytes === null ? 'none' : formatBytes(one.memoryLimitBytes)),
      },
    ],
    groups: [{ title: null, rows: containers }],
  });
}

/** null for a run without containers. */
export function containersSection(result: Result): Section | null {
  if (result.environment.kind !== 'containers' && result.containers.length === 0) return null;
  return {
    id: 'containers',
    title: 'Containers and their limits',
    body: markup`${usePart(result)}
${containerTable(result.environment.containers)}`,
  };
}

function usePart(result: Result): Markup {
  if (result.containers.length === 0) {
    return markup`<p>No container was watched: nothing is known of what they used of their limits in this run.</p>`;
  }
  return markup`<p>CPU and memory limits belong to the system that was tested: a server that reaches one is slow because of it, and that is a finding, not a fault
of the run. “Stopped by limit” is the share of the periods of the limit (100${thinSpace}ms each) in which a container had used up its CPU and had to wait.
“Killed” counts its processes that the kernel ended for want of memory; “ended” counts ends and new starts of the server itself. Either makes a run invalid.</p>
${throttledList(result)}
${endedLine(result.containers)}${useTable(result.containers)}`;
}
