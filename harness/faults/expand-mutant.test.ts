import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandCommand, expandRequest, expandStatement } from './expand-mutant.ts';

const [first, second] = ['7a7f9d3e-3f0e-4c3a-9c51-0d2f3b1c2a10', '0b9e4c0a-6f57-4b35-8d0c-2b8a6f1f7c11'];
const ids = [first, second];
const template = path.join(import.meta.dirname, '..', '..', 'reference-service', 'vault', 'tenant.hcl');

describe('a mutant’s text', () => {
  it('is taken once where it names no tenant', () => {
    expect(expandStatement('select 1', ids)).toEqual(['select 1']);
  });

  it('is taken once for each tenant where it names one', () => {
    expect(expandCommand(['SET', 'tenant:{{tenantId}}:x', '"'], ids)).toEqual(
      ids.map((id) => ['SET', `tenant:${id}:x`, '"']),
    );
  });

  it('takes nothing in but an id', () => {
    expect(() => expandStatement("select '{{tenantId}}'", ["'; drop table trades; --"])).toThrow(
      'not the id of a tenant',
    );
  });

  it('brings a file of the service in as its provisioning writes it', () => {
    const request = {
      method: 'POST' as const,
      path: 'sys/policies/acl/tenant-{{tenantId}}',
      body: { policy: '{{file:vault/tenant.hcl}}' },
    };
    const [one] = expandRequest(request, ids);
    expect(one).toEqual({
      method: 'POST',
      path: `sys/policies/acl/tenant-${first}`,
      body: { policy: readFileSync(template, 'utf8').replaceAll('{{tenant_id}}', first ?? '') },
    });
  });
});
