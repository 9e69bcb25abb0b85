/** An audit device that writes what was said. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'vault-audit-in-clear',
  layer: 'vault',
  title: 'Vault writes every request and answer to its log, with the secrets in them',
  claim: 'SEC-ISO',
  guarantee: 'No secret and no tenant’s data is in the log.',
  seenIn:
    'HashiCorp Vault documentation, audit devices, log_raw: requests and answers without the hashing of what is secret. CWE-532, insertion of sensitive information into a log file.',
  coveredBy: 'service',
  mustBeSeenBy: ['telemetry'],
  apply: [
    {
      method: 'PUT',
      path: 'sys/audit/clear',
      body: { type: 'file', options: { file_path: 'stdout', log_raw: 'true' } },
    },
  ],
  revert: [{ method: 'DELETE', path: 'sys/audit/clear' }],
} satisfies Mutant;
