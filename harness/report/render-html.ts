/** Renders a result as one self-contained HTML page: no script, no request, light, dark and print. */
import type { Result } from '../model/result.ts';
import { markup } from './markup.ts';
import { page } from './page.ts';
import { chartsSection } from './sections/charts.ts';
import { comparisonSection } from './sections/comparison.ts';
import { conditionsSection } from './sections/conditions.ts';
import { containersSection } from './sections/containers.ts';
import { gatesSection } from './sections/gates.ts';
import { isolationSection } from './sections/isolation.ts';
import { latenciesSection } from './sections/latencies.ts';
import { machineSection } from './sections/machine.ts';
import { methodSection } from './sections/method.ts';
import { resourcesSection } from './sections/resources.ts';
import { risksSection } from './sections/risks.ts';
import type { Section } from './sections/section.ts';
import { selftestSection } from './sections/selftest.ts';
import { signOffSection } from './sections/sign-off.ts';
import { validitySection } from './sections/validity.ts';
import { verdictSection } from './sections/verdict.ts';

/** The whole page; the same result gives the same bytes. */
export async function renderHtml(result: Result): Promise<string> {
  const comparison = await comparisonSection(result);
  const sections = comparison === null ? await architectureSections(result) : buildSections(result, comparison);
  return `<!DOCTYPE html>\n${markup`${page(result, sections)}`.source}`;
}

/** Of a comparison of builds: nothing of it says whether the architecture holds, so there is nothing to sign. */
function buildSections(result: Result, comparison: Section): Section[] {
  const containers = containersSection(result);
  return [
    verdictSection(result),
    comparison,
    validitySection(result),
    gatesSection(result),
    latenciesSection(result),
    selftestSection(result),
    resourcesSection(result),
    ...(containers === null ? [] : [containers]),
    machineSection(result),
    methodSection(result),
  ];
}

async function architectureSections(result: Result): Promise<Section[]> {
  const containers = containersSection(result);
  return [
    verdictSection(result),
    conditionsSection(result),
    validitySection(result),
    gatesSection(result),
    await chartsSection(result),
    latenciesSection(result),
    await isolationSection(result),
    selftestSection(result),
    resourcesSection(result),
    ...(containers === null ? [] : [containers]),
    machineSection(result),
    methodSection(result),
    risksSection(result),
    signOffSection(result),
  ];
}
