/** The tables and columns that the seed fills, in an order that foreign keys allow: its contract with the schema. */

const sharedTables = {
  instruments: ['id', 'symbol', 'name', 'asset_class', 'currency', 'tick_size'],
  prices: ['instrument_id', 'day', 'close'],
} as const;

const tenantTables = {
  tenants: ['id', 'slug', 'name', 'tier', 'created_at'],
  users: ['id', 'tenant_id', 'email', 'display_name', 'role', 'password_hash', 'active', 'created_at'],
  portfolios: ['id', 'tenant_id', 'name', 'base_currency', 'broker_account_ciphertext', 'created_at'],
  strategies: ['id', 'tenant_id', 'portfolio_id', 'name', 'kind', 'parameters', 'enabled', 'created_at'],
  signals: ['id', 'tenant_id', 'strategy_id', 'instrument_id', 'direction', 'strength', 'note', 'generated_at'],
  orders: [
    'id',
    'tenant_id',
    'portfolio_id',
    'strategy_id',
    'instrument_id',
    'side',
    'type',
    'quantity',
    'limit_price',
    'status',
    'idempotency_key',
    'note',
    'created_by',
    'created_at',
    'updated_at',
  ],
  trades: [
    'id',
    'tenant_id',
    'portfolio_id',
    'order_id',
    'instrument_id',
    'side',
    'quantity',
    'price',
    'fee',
    'venue_ref',
    'executed_at',
  ],
  positions: ['id', 'tenant_id', 'portfolio_id', 'instrument_id', 'quantity', 'average_price', 'updated_at'],
  risk_limits: ['id', 'tenant_id', 'portfolio_id', 'kind', 'limit_value', 'updated_at'],
  risk_snapshots: ['id', 'tenant_id', 'portfolio_id', 'gross_exposure', 'net_exposure', 'var_95', 'taken_at'],
  audit_events: [
    'id',
    'tenant_id',
    'actor_id',
    'action',
    'subject',
    'detail',
    'occurred_at',
    'sequence_number',
    'previous_hash',
    'hash',
  ],
  audit_heads: ['tenant_id', 'last_number', 'last_hash'],
} as const;

export type SharedTable = keyof typeof sharedTables;
export type TenantTable = keyof typeof tenantTables;
export type Table = SharedTable | TenantTable;

export const sharedTableNames = Object.keys(sharedTables) as SharedTable[];
export const tenantTableNames = Object.keys(tenantTables) as TenantTable[];
export const tableNames: Table[] = [...sharedTableNames, ...tenantTableNames];

/** The columns of a table in the order in which their values stand in a row. */
export function columnsOf(table: Table): readonly string[] {
  return { ...sharedTables, ...tenantTables }[table];
}
