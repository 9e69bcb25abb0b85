/** The encrypted account number that a portfolio has at its broker. */
import { query, statement } from '../database/statement.ts';

interface BrokerAccount {
  tenantId: string;
  portfolioId: string;
  ciphertext: string | null;
}

const get = statement<BrokerAccount>(
  'broker-account.get',
  `select tenant_id as "tenantId", id as "portfolioId", broker_account_ciphertext as ciphertext
   from portfolios where tenant_id = $1 and id = $2`,
);

export function getBrokerAccount(tenantId: string, portfolioId: string) {
  return query(get, tenantId, portfolioId);
}

const set = statement<{ id: string }>(
  'broker-account.set',
  `with changed as (
     update portfolios set broker_account_ciphertext = $3 where tenant_id = $1 and id = $2 returning tenant_id, id
   ), audited as (
     insert into audit_events (tenant_id, actor_id, action, subject)
     select tenant_id, $4, 'broker_credentials.written', 'portfolio:' || id from changed
   )
   select id from changed`,
);

export function setBrokerAccount(tenantId: string, portfolioId: string, ciphertext: string, actorId: string) {
  return query(set, tenantId, portfolioId, ciphertext, actorId);
}
