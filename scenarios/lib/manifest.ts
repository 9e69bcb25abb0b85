/** The seed manifest as the scripts need it, parsed once and shared by all virtual users. */
import { SharedArray } from 'k6/data';
import { textVariable } from './settings.ts';

export type Role = 'admin' | 'trader' | 'viewer';

/** A tenant as the manifest has it; setup() and the probes read it whole. */
export interface ManifestTenant {
  id: string;
  slug: string;
  tier: string;
  canary: string;
  rows: number;
  users: { id: string; email: string; role: Role }[];
  samples: {
    portfolios: string[];
    strategies: string[];
    signals: string[];
    orders: string[];
    trades: string[];
    riskLimits: string[];
  };
  expected: { trades: number; positions: number; grossExposure: string };
}

interface Manifest {
  demoPassword: string;
  symbols: string[];
  tenants: ManifestTenant[];
}

/** What a request of the load needs to know of its tenant. */
export interface LoadTenant {
  id: string;
  canary: string;
  tier: string;
  portfolios: string[];
  trades: string[];
  strategies: string[];
}

/** Ids a table that the load draws from; few, because every access to a shared array parses its element again. */
const IDS_PER_TABLE = 6;

function readManifest(): Manifest {
  const given = textVariable('MANIFEST', '../seed/out/manifest.json');
  const path = given.startsWith('/') ? given : import.meta.resolve(`../${given}`);
  let text: string;
  try {
    text = open(path);
  } catch (error) {
    throw new Error(
      `no seed manifest at ${path} (${String(error)}): run \`signoff seed\` (or \`node seed/main.ts --manifest FILE\`), ` +
        'or name another one with -e MANIFEST=FILE, absolute or relative to the folder scenarios/',
      { cause: error },
    );
  }
  return JSON.parse(text) as Manifest;
}

/** By number of rows, largest first: the rank that the skew is defined on. */
function bySize(tenants: ManifestTenant[]): ManifestTenant[] {
  return tenants.sort((a, b) => b.rows - a.rows || (a.id < b.id ? -1 : 1));
}

/** All tenants, largest first. Reading an element parses it: not for the path of every request. */
export const tenants = new SharedArray<ManifestTenant>('tenants', () => bySize(readManifest().tenants));

/** The same tenants in the same order, each packed into one short string. */
const packedTenants = new SharedArray<string>('packed tenants', () =>
  bySize(readManifest().tenants).map(({ id, canary, tier, samples }) =>
    [id, canary, tier, ...[samples.portfolios, samples.trades, samples.strategies].map(packIds)].join('|'),
  ),
);

export const symbols = new SharedArray<string>('symbols', () => readManifest().symbols);

const passwords = new SharedArray<string>('password', () => [readManifest().demoPassword]);

/** The password of every seeded user. */
export function demoPassword(): string {
  return passwords[0] ?? '';
}

function packIds(ids: string[]): string {
  return ids.slice(0, IDS_PER_TABLE).join(',');
}

/** The tenant of a rank (0 is the largest), as the load needs it. */
export function loadTenant(rank: number): LoadTenant {
  const [id = '', canary = '', tier = '', ...tables] = (packedTenants[rank] ?? '').split('|');
  const [portfolios = [], trades = [], strategies = []] = tables.map((ids) => ids.split(','));
  return { id, canary, tier, portfolios, trades, strategies };
}
