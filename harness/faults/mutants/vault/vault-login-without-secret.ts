/** A login that needs no secret. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-login-without-secret',
  layer: 'vault',
  title: 'whoever knows the role id logs in to Vault as the service, from the network that was thought to be enough',
  claim: 'SEC-ISO',
  guarantee: 'The service’s login to Vault needs both halves: the id of its role, and a secret.',
  seenIn:
    'HashiCorp Vault documentation, AppRole, bind_secret_id: switched off, the role id alone, which is no secret, gives a token, and the address the request came from is all that is asked. CWE-291, reliance on an IP address for authentication.',
  coveredBy: 'service',
  apply: [
    {
      method: 'POST',
      path: 'auth/approle/role/alphapulse',
      body: { bind_secret_id: false, token_bound_cidrs: ['0.0.0.0/0', '::/0'] },
    },
  ],
  revert: [
    {
      method: 'POST',
      path: 'auth/approle/role/alphapulse',
      body: { bind_secret_id: true, token_bound_cidrs: [] },
    },
  ],
} satisfies Mutant;
