/** Shared reference data: instruments, and daily closes as random walks in whole ticks. All quoted in US dollars. */
import type { Dictionary } from '../dictionary.ts';
import { createRandom } from '../random/random.ts';
import type { Random } from '../random/random.ts';
import { divideRounded } from '../text/decimal.ts';
import { assetClasses, traitsOf } from './asset-classes.ts';
import type { AssetClass, AssetClassTraits } from './asset-classes.ts';
import { tradingDaysMs } from './trading-days.ts';

export interface Instrument {
  id: number;
  symbol: string;
  name: string;
  assetClass: AssetClass;
  /** In millionths of a dollar, one a trading day, oldest first. */
  closes: bigint[];
}

/** One currency, so that exposures may be added up without exchange rates. */
export const CURRENCY = 'USD';
const PRICE_PER_CENT = 10_000n;
const MILLION = 1_000_000n;
/** A walk may not come nearer to zero than this many ticks. */
const LOWEST_TICKS = 20n;
/** A step is the sum of four uniform numbers of ±1000: nearly normal, and integers are the same on every machine. */
const STEP_DRAWS = 4;
const STEP_RANGE = 1_000;
const STEP_DEVIATION = Math.round(STEP_RANGE * Math.sqrt(STEP_DRAWS / 3));

/** Instruments that everybody knows, with a first close of the right order, in cents. */
const wellKnown: Partial<Record<AssetClass, readonly WellKnown[]>> = {
  crypto: [
    { symbol: 'BTC', name: 'Bitcoin', firstCloseCents: 9_000_000 },
    { symbol: 'ETH', name: 'Ether', firstCloseCents: 300_000 },
    { symbol: 'SOL', name: 'Solana', firstCloseCents: 15_000 },
    { symbol: 'LTC', name: 'Litecoin', firstCloseCents: 9_000 },
  ],
  fx: [
    { symbol: 'EURUSD', name: 'Euro in US dollars', firstCloseCents: 115 },
    { symbol: 'GBPUSD', name: 'Pound sterling in US dollars', firstCloseCents: 132 },
    { symbol: 'AUDUSD', name: 'Australian dollar in US dollars', firstCloseCents: 66 },
    { symbol: 'NZDUSD', name: 'New Zealand dollar in US dollars', firstCloseCents: 58 },
  ],
};

interface WellKnown {
  symbol: string;
  name: string;
  firstCloseCents: number;
}

export function buildMarket(seed: string, dictionary: Dictionary): Instrument[] {
  const random = createRandom(seed, 'market');
  const taken = new Set(Object.values(wellKnown).flatMap((list) => list.map(({ symbol }) => symbol)));
  const instruments: Instrument[] = [];
  for (const assetClass of assetClasses) {
    const traits = traitsOf[assetClass];
    for (let number = 0; number < traits.count; number += 1) {
      const known = wellKnown[assetClass]?.[number] ?? invent({ assetClass, random, dictionary, taken });
      const { symbol, name, firstCloseCents } = known;
      const closes = walk({ firstCloseCents, traits, random });
      instruments.push({ id: instruments.length + 1, symbol, name, assetClass, closes });
    }
  }
  return instruments;
}

interface InventRequest {
  assetClass: AssetClass;
  random: Random;
  dictionary: Dictionary;
  taken: Set<string>;
}

function invent({ assetClass, random, dictionary, taken }: InventRequest): WellKnown {
  const { min, max } = traitsOf[assetClass].firstCloseCents;
  const company = random.pick(dictionary.companies);
  const symbol = newSymbol(assetClass === 'equity' ? 4 : 3, random, taken);
  const names: Partial<Record<AssetClass, string>> = {
    etf: `${random.pick(dictionary.adjectives)} Index Fund`,
    bond: `${company} ${random.between(2, 7)}% ${random.between(2028, 2040)}`,
  };
  return { symbol, name: names[assetClass] ?? company, firstCloseCents: random.between(min, max) };
}

function newSymbol(length: number, random: Random, taken: Set<string>): string {
  for (;;) {
    const symbol = Array.from({ length }, () => String.fromCharCode(65 + random.below(26))).join('');
    if (!taken.has(symbol)) {
      taken.add(symbol);
      return symbol;
    }
  }
}

interface WalkRequest {
  firstCloseCents: number;
  traits: AssetClassTraits;
  random: Random;
}

/** Multiplicative steps, each close rounded to a whole tick. */
function walk({ firstCloseCents, traits, random }: WalkRequest): bigint[] {
  let close = BigInt(firstCloseCents) * PRICE_PER_CENT;
  return tradingDaysMs.map(() => {
    const steps = Array.from({ length: STEP_DRAWS }, () => random.between(-STEP_RANGE, STEP_RANGE));
    const step = steps.reduce((sum, drawn) => sum + drawn, 0);
    const returnPpm = Math.round((step * traits.dailyVolatilityPpm) / STEP_DEVIATION);
    const ticks = divideRounded(close * (MILLION + BigInt(returnPpm)), MILLION * traits.tick);
    close = (ticks < LOWEST_TICKS ? LOWEST_TICKS : ticks) * traits.tick;
    return close;
  });
}
