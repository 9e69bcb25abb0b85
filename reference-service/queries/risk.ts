/** Exposure at the last close, and risk limits. */
import { query, statement } from '../database/statement.ts';
import type { Exposure, RiskLimit } from '../schemas/risk.ts';
import { keysetList } from './keyset-list.ts';

interface ExposureRow {
  tenantId: string | null;
  assetClass: Exposure['byAssetClass'][number]['assetClass'] | null;
  positions: number;
  gross: string;
  net: string;
}

/** The row without an asset class is the total, summed exactly and rounded once; a position without a price counts at cost. */
const exposure = statement<ExposureRow>(
  'risk.exposure',
  `select max(p.tenant_id::text) as "tenantId", i.asset_class as "assetClass", count(*)::int as positions,
     round(coalesce(sum(abs(p.quantity * coalesce(l.close, p.average_price))), 0), 2) as gross,
     round(coalesce(sum(p.quantity * coalesce(l.close, p.average_price)), 0), 2) as net
   from positions p
   join instruments i on i.id = p.instrument_id
   left join lateral (
     select close from prices where instrument_id = p.instrument_id order by day desc limit 1
   ) l on true
   where p.tenant_id = $1
   group by grouping sets ((), (i.asset_class))
   order by i.asset_class nulls first`,
);

export function getExposure(tenantId: string) {
  return query(exposure, tenantId);
}

/** Puts the rows of `getExposure` together. A tenant without positions has no row to take its id from. */
export function toExposure(rows: ExposureRow[], tenantId: string): Exposure {
  const total = rows.find((row) => row.assetClass === null);
  return {
    tenantId: total?.tenantId ?? tenantId,
    positions: total?.positions ?? 0,
    grossExposure: total?.gross ?? '0.00',
    netExposure: total?.net ?? '0.00',
    byAssetClass: rows.flatMap(({ assetClass, gross, net }) =>
      assetClass === null ? [] : [{ assetClass, gross, net }],
    ),
  };
}

const limitColumns = `id, tenant_id as "tenantId", portfolio_id as "portfolioId", kind, limit_value as "limitValue",
  updated_at as "updatedAt"`;

export const listRiskLimits = keysetList<RiskLimit>({
  name: 'risk-limits.list',
  select: `select ${limitColumns} from risk_limits`,
  tenantColumn: 'tenant_id',
  keys: [{ column: 'id', type: 'uuid' }],
  direction: 'asc',
});

const update = statement<RiskLimit>(
  'risk-limits.update',
  `with changed as (
     update risk_limits set limit_value = $3, updated_at = now() where tenant_id = $1 and id = $2 returning *
   ), audited as (
     insert into audit_events (tenant_id, actor_id, action, subject, detail)
     select tenant_id, $4, 'risk_limit.updated', 'risk_limit:' || id, jsonb_build_object('limitValue', limit_value::text)
     from changed
   )
   select ${limitColumns} from changed`,
);

export function updateRiskLimit(tenantId: string, id: string, limitValue: string, actorId: string) {
  return query(update, tenantId, id, limitValue, actorId);
}
