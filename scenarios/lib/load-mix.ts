/** The mix of the load: which requests users make, how often, and what they ask for. One request an iteration. */
import { type Call } from './call.ts';
import { type LoadTenant, symbols } from './manifest.ts';
import { type Random, drawWeighted, pickOne, weighted } from './random.ts';

/** The weight of every endpoint, in percent of all requests: 94 reads to 6 writes, as on a screen that is watched. */
const WEIGHTS: Record<string, number> = {
  'portfolios.list': 10,
  'positions.list': 10,
  'positions.byPortfolio': 5,
  'trades.list': 20,
  'trades.next': 5,
  'trades.get': 5,
  'signals.list': 10,
  'quotes.get': 15,
  'exposure.get': 5,
  'exposure.cached': 5,
  'orders.list': 3,
  'orders.create': 5,
  'orders.cancel': 1,
  'trades.listV2': 1,
};

const table = weighted(Object.keys(WEIGHTS), (endpoint) => WEIGHTS[endpoint] ?? 0);

export function drawEndpoint(random: Random): string {
  return drawWeighted(random, table);
}

/** Instruments are numbered from 1 in the order of the manifest's symbols. */
function drawInstrument(random: Random): number {
  return 1 + Math.floor(random() * symbols.length);
}

function drawSymbols(random: Random): string {
  return Array.from({ length: 3 }, () => symbols[Math.floor(random() * symbols.length)]).join(',');
}

/**
 * A limit order, which stays new until it is cancelled. Its note carries the tenant's canary, as all text of a tenant
 * does.
 */
export function orderCall(tenant: LoadTenant, random: Random, idempotencyKey: string): Call {
  return {
    endpoint: 'orders.create',
    method: 'POST',
    path: '/v1/orders',
    idempotencyKey,
    body: {
      portfolioId: pickOne(random, tenant.portfolios),
      instrumentId: drawInstrument(random),
      side: random() < 0.5 ? 'buy' : 'sell',
      type: 'limit',
      quantity: `${1 + Math.floor(random() * 500)}.0000`,
      limitPrice: `${1 + Math.floor(random() * 900)}.500000`,
      note: `placed under load ${tenant.canary}`,
    },
  };
}

/** A read of an endpoint that needs nothing but a tenant. */
export function readCall(endpoint: string, tenant: LoadTenant, random: Random): Call {
  return { endpoint, method: 'GET', path: readPath(endpoint, tenant, random) };
}

function readPath(endpoint: string, tenant: LoadTenant, random: Random): string {
  switch (endpoint) {
    case 'portfolios.list':
      return '/v1/portfolios';
    case 'positions.list':
      return `/v1/positions?portfolioId=${pickOne(random, tenant.portfolios)}`;
    case 'positions.byPortfolio':
      return `/v1/portfolios/${pickOne(random, tenant.portfolios)}/positions`;
    case 'trades.list':
      return '/v1/trades?limit=50';
    case 'trades.listV2':
      return '/v2/trades?limit=50';
    case 'trades.get':
      return `/v1/trades/${pickOne(random, tenant.trades)}`;
    case 'signals.list':
      return `/v1/signals?limit=20&strategyId=${pickOne(random, tenant.strategies)}`;
    case 'quotes.get':
      return `/v1/quotes?symbols=${drawSymbols(random)}`;
    case 'exposure.get':
      return '/v1/risk/exposure';
    case 'exposure.cached':
      return '/v1/risk/exposure/cached';
    case 'orders.list':
      return '/v1/orders?limit=50';
    default:
      throw new Error(`no request is defined for the endpoint ${endpoint}`);
  }
}
