/** What each load sends: to which arms, and by which names of endpoints. What a gate of one's own may ask about. */
import type { Arm } from './experiment.ts';

export interface KnownLoad {
  arms: readonly Arm[];
  /** As the scripts in scenarios/ name them; logins of the set-up are measured by nobody, and left out. */
  endpoints: readonly string[];
}

const users = [
  ...['portfolios.list', 'positions.list', 'positions.byPortfolio'],
  ...['trades.list', 'trades.next', 'trades.get', 'trades.listV2'],
  ...['signals.list', 'quotes.get', 'exposure.get', 'exposure.cached'],
  ...['orders.list', 'orders.create', 'orders.cancel'],
];
const pairs = [
  ...['portfolios.list', 'positions.list', 'trades.list', 'trades.get', 'signals.list', 'exposure.get'],
  ...['orders.list', 'orders.create'],
];
const production: KnownLoad = { arms: ['rls'], endpoints: users };

/** By scenario. */
export const knownLoads = {
  baseline: production,
  target: production,
  'baseline-open': production,
  'target-open': production,
  'rls-cost': { arms: ['rls', 'filter', 'bare'], endpoints: pairs },
  compare: { arms: ['base', 'candidate'], endpoints: [...pairs, 'burst'] },
  'cross-check': { arms: ['rls'], endpoints: ['trades.list'] },
  isolation: { arms: ['rls'], endpoints: [...users, 'probe'] },
} as const satisfies Record<string, KnownLoad>;

/** What a selection is about; none where the scenario is not known. Without one it is about loads of its arm alone, as gate-experiments.ts has it. */
export function loadsOf({ scenario, arm }: { scenario: string | null; arm: string | null }): KnownLoad[] {
  const loads = Object.entries<KnownLoad>(knownLoads);
  if (scenario !== null) return loads.filter(([id]) => id === scenario).map(([, load]) => load);
  if (arm === null || arm === 'rls') return [production];
  return loads.map(([, load]) => load).filter(({ arms }) => arms.some((each) => each === arm));
}

/** In the order of the table; none where nothing sends it. */
export function scenariosWithEndpoint(endpoint: string): string[] {
  const loads = Object.entries<KnownLoad>(knownLoads);
  return loads.filter(([, { endpoints }]) => endpoints.includes(endpoint)).map(([id]) => id);
}
