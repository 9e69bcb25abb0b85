/** Which requests a gate of one's own is about: k6's name of a metric and tags in braces, `http_reqs{scenario:target,status:500}`. */
import { armSchema } from './experiment.ts';
import type { GateProblem } from './gate-problem.ts';
import { problemsOfLoads } from './problems-of-loads.ts';

export const gateMetrics = ['http_req_duration', 'http_req_failed', 'http_reqs'] as const;
export type GateMetric = (typeof gateMetrics)[number];

/** The tags that are kept of every sample; `experiment` is another word for `scenario`. */
const tagNames = ['scenario', 'experiment', 'endpoint', 'arm', 'tier', 'status'] as const;
type TagName = (typeof tagNames)[number];
const tiers = ['starter', 'pro', 'enterprise'];

export interface GateSelector {
  metric: GateMetric;
  scenario: string | null;
  endpoint: string | null;
  arm: string | null;
  tier: string | null;
  status: number | null;
}

/** `scenarios`: those there are; null where they are not known, and what they send neither. */
export function readSelector(key: string, scenarios: readonly string[] | null): GateSelector | GateProblem[] {
  const [, name, , inBraces] = /^\s*([^{}\s]*)\s*(\{([^{}]*)\})?\s*$/.exec(key) ?? [];
  if (name === undefined) {
    return [problem('is', key, 'a metric, or a metric with tags in braces: http_req_duration{endpoint:trades.list}')];
  }
  const problems: GateProblem[] = [];
  const metric = gateMetrics.find((known) => known === name);
  if (metric === undefined) problems.push(problem('has the unknown metric', name, gateMetrics.join(', '), gateMetrics));
  const tags = inBraces === undefined ? [] : inBraces.split(',').map(readTag);
  const selector: GateSelector = {
    ...{ metric: metric ?? 'http_reqs', scenario: null, endpoint: null, arm: null, tier: null, status: null },
  };
  for (const tag of tags) problems.push(...takeTag(selector, tag, scenarios));
  if (scenarios !== null) problems.push(...problemsOfLoads(selector, { refused: problems.length > 0 }));
  return problems.length > 0 ? problems : selector;
}

/** As it is written in every report: tags in one order, without spaces or quotes. */
export function selectorText({ metric, ...tags }: GateSelector): string {
  const named = Object.entries(tags).flatMap(([name, value]) => (value === null ? [] : [`${name}:${value}`]));
  return named.length === 0 ? metric : `${metric}{${named.join(',')}}`;
}

interface Tag {
  text: string;
  name: string;
  /** Empty where there is none. */
  value: string;
}

/** As k6 does: quotes around a name or a value are no part of it. */
function readTag(text: string): Tag {
  const at = text.indexOf(':');
  const bare = (part: string) => part.trim().replace(/^(['"])(.*)\1$/, '$2');
  return { text, name: bare(at < 0 ? text : text.slice(0, at)), value: at < 0 ? '' : bare(text.slice(at + 1)) };
}

function takeTag(selector: GateSelector, tag: Tag, scenarios: readonly string[] | null): GateProblem[] {
  const name = tagNames.find((known) => known === tag.name);
  if (name === undefined) {
    const kept = tagNames.join(', ');
    return [problem('has the unknown tag', tag.name, `${kept} (other tags of k6 are not kept)`, tagNames)];
  }
  const field = name === 'experiment' ? 'scenario' : name;
  if (selector[field] !== null) return [problem('has a tag twice', tag.text.trim(), `${name} once`)];
  const wrong = problemOfValue(name, tag.value, scenarios);
  if (wrong !== null) return [wrong];
  if (field === 'status') selector.status = Number(tag.value);
  else selector[field] = tag.value;
  return [];
}

function problemOfValue(name: TagName, value: string, scenarios: readonly string[] | null): GateProblem | null {
  if (value === '') return problem(`has a tag ${name} with the value`, value, 'a value after a colon');
  const known = { arm: armSchema.options, tier: tiers, scenario: scenarios, experiment: scenarios }[name as string];
  if (known !== undefined && known !== null && !known.some((each) => each === value)) {
    return problem(`has an unknown ${name}`, value, known.join(', '), known);
  }
  if (name === 'status' && !/^(0|[1-5]\d\d)$/.test(value)) {
    return problem('has a tag status with the value', value, '100 to 599, or 0 where no answer came');
  }
  return null;
}

function problem(what: string, given: unknown, allowed: string, known?: readonly string[]): GateProblem {
  return { place: '', what, given, allowed, ...(known === undefined ? {} : { known }) };
}
