/** The default policy, for the service. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-service-default-policy',
  layer: 'vault',
  title: 'the service’s login in Vault carries the default policy beside its own',
  claim: 'SEC-ISO',
  guarantee: 'The service may do in Vault what it needs, and nothing else.',
  seenIn:
    'HashiCorp Vault documentation, "Policies", default policy: every token has it unless token_no_default_policy is set, and with it a place to keep things and the right to wrap, look up and revoke.',
  coveredBy: 'service',
  apply: [{ method: 'POST', path: 'auth/approle/role/alphapulse', body: { token_no_default_policy: false } }],
  revert: [{ method: 'POST', path: 'auth/approle/role/alphapulse', body: { token_no_default_policy: true } }],
} satisfies Mutant;
