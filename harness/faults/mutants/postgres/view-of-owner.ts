/** A view that reads with the rights of its owner. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'view-of-owner',
  layer: 'postgres',
  title: 'a view over trades without security_invoker shows every tenant’s to the application',
  claim: 'SEC-ISO',
  guarantee: 'A view is bound by the policies of whoever reads it.',
  seenIn:
    'PostgreSQL documentation, CREATE VIEW: without security_invoker the policies of the view’s owner apply. Supabase database linter 0010_security_definer_view.',
  coveredBy: 'service',
  apply: [
    'create view trade_report as select tenant_id, id, instrument_id, side, quantity, price, venue_ref from trades',
    'grant select on trade_report to alphapulse_app',
  ],
  revert: ['drop view trade_report'],
} satisfies Mutant;
