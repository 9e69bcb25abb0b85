/** Section: on what machine, with which versions and settings, the figures were measured. */
import type { EngineDescription } from '../../model/environment.ts';
import type { Prerequisite } from '../../model/run-record.ts';
import type { Result } from '../../model/result.ts';
import { formatPlural, noValue } from '../format/number.ts';
import { formatBytes } from '../format/quantity.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import { table } from '../table.ts';
import { factList } from './fact-list.ts';
import type { Section } from './section.ts';

function entries(record: Record<string, string>): Markup | string {
  const pairs = Object.entries(record);
  if (pairs.length === 0) return 'not recorded';
  return markup`${pairs.map(([name, value]) => markup`<span class="pair">${name} <b>${value}</b></span> `)}`;
}

function doctorTable(prerequisites: readonly Prerequisite[]): Markup | null {
  if (prerequisites.length === 0) return null;
  return table({
    caption: 'What the doctor found before the run',
    narrow: 'stack',
    columns: [
      { title: 'Prerequisite', width: 24, cell: (line: Prerequisite) => line.title },
      {
        title: 'State',
        width: 16,
        cell: (line) => outcomeBadge(line.ok ? 'holds' : 'inconclusive', line.ok ? 'met' : 'not met'),
      },
      { title: 'Found', cell: (line) => `${line.found}${line.where === null ? '' : `, ${line.where}`}` },
      { title: 'What fixes it', cell: (line) => (line.fix === null ? noValue : markup`<code>${line.fix}</code>`) },
    ],
    groups: [{ title: null, rows: prerequisites }],
  });
}

function engineText(engine: EngineDescription): string {
  const compose = engine.composeVersion === null ? '' : ` with Compose ${engine.composeVersion}`;
  const details = `control groups ${engine.cgroupVersion} by ${engine.cgroupDriver}, storage ${engine.storageDriver}`;
  return `${engine.name} ${engine.version}${compose} on ${engine.operatingSystem} (${details})`;
}

/** What requests pass on their way from the load generator to a container. */
function portsText({ userlandProxy }: EngineDescription): string {
  if (userlandProxy === null) return 'not known whether a proxy process carries the requests';
  return userlandProxy
    ? 'a proxy process of the engine carries every request and answer: its delay is in every latency'
    : 'by rules of the kernel, without a proxy process';
}

export function machineSection(result: Result): Section {
  const { host, ...environment } = result.environment;
  return {
    id: 'machine',
    title: 'What was tested on what machine',
    body: markup`${factList([
      ['Processor', `${host.cpu}, ${formatPlural(host.cores, 'core')}`],
      ['Memory', formatBytes(host.memoryBytes)],
      ['System', `${host.platform}, kernel ${host.kernel}`],
      ['Servers', environment.kind],
      ...(environment.engine === null
        ? []
        : ([
            ['Engine', engineText(environment.engine)],
            ['Published ports', portsText(environment.engine)],
          ] as const)),
      [
        'Load generator',
        environment.generatorColocated ? 'on the same machine as the servers' : 'on a machine of its own',
      ],
      ['Versions', entries(environment.versions)],
      ['Settings', entries(environment.settings)],
      ['Checksum of the data', markup`<code class="long">${environment.dataChecksum}</code>`],
    ])}
${doctorTable(result.prerequisites)}`,
  };
}
