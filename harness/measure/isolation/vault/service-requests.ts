/** The service's own token at what belongs to tenants: it reads none of it, and gets at it only by a token of that tenant. */
import { type Look, asControl } from '../look.ts';
import { base64, type VaultActor, type VaultScene } from './vault-scene.ts';
import type { VaultRequest } from './vault-request.ts';
import { mustBeForbidden, mustSucceed } from './vault-looks.ts';

const requests: { what: string; request: (owner: VaultActor) => Omit<VaultRequest, 'token'> }[] = [
  { what: 'reads a secret', request: ({ secret }) => ({ method: 'GET', path: `kv/data/${secret}` }) },
  { what: 'lists the tenants', request: () => ({ method: 'LIST', path: 'kv/metadata/tenants/' }) },
  {
    what: 'writes a secret',
    request: ({ spare }) => ({ method: 'POST', path: `kv/data/${spare}`, body: { data: { canary: 'planted' } } }),
  },
  {
    what: 'decrypts',
    request: ({ key, ciphertext, tenant }) => ({
      method: 'POST',
      path: `transit/decrypt/${key}`,
      body: { ciphertext, associated_data: base64(tenant.id) },
    }),
  },
  {
    what: 'encrypts',
    request: ({ key }) => ({ method: 'POST', path: `transit/encrypt/${key}`, body: { plaintext: base64('probe') } }),
  },
];

/** The control of each: the operator, who may; and the service itself, at what is its own. */
export async function probeServiceRequests({ vault, asRoot, serviceToken, pairs }: VaultScene): Promise<Look[]> {
  const own = await vault.ask({ method: 'GET', path: 'kv/data/service/jwt', token: serviceToken });
  const looks: Look[] = [];
  for (const { owner } of pairs) {
    for (const { what, request } of requests) {
      const probe = `vault: the service's own token ${what} of a tenant`;
      const tried = await vault.ask({ ...request(owner), token: serviceToken });
      looks.push(mustBeForbidden(probe, `the service at ${owner.tenant.slug}`, tried));
      looks.push(mustSucceed(probe, 'the operator', await vault.ask(asRoot(request(owner)))));
      looks.push(
        asControl(probe, own.status === 200 ? 'ok' : 'undecided', `the service at its own: status ${own.status}`),
      );
    }
  }
  return looks;
}
