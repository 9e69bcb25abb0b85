/** Strategies and signals. */
import { query, statement } from '../database/statement.ts';
import type { Signal, Strategy } from '../schemas/strategy.ts';
import { keysetList } from './keyset-list.ts';

export const listStrategies = keysetList<Strategy>({
  name: 'strategies.list',
  select: `select id, tenant_id as "tenantId", portfolio_id as "portfolioId", name, kind, parameters, enabled,
    created_at as "createdAt" from strategies`,
  tenantColumn: 'tenant_id',
  keys: [
    { column: 'created_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  direction: 'desc',
});

const signalColumns = `id, tenant_id as "tenantId", strategy_id as "strategyId", instrument_id as "instrumentId", direction,
  strength, note, generated_at as "generatedAt"`;

export const listSignals = keysetList<Signal>({
  name: 'signals.list',
  select: `select ${signalColumns} from signals`,
  tenantColumn: 'tenant_id',
  keys: [
    { column: 'generated_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  direction: 'desc',
  filter: { column: 'strategy_id', type: 'uuid' },
});

const get = statement<Signal>('signals.get', `select ${signalColumns} from signals where tenant_id = $1 and id = $2`);

export function getSignal(tenantId: string, id: string) {
  return query(get, tenantId, id);
}
