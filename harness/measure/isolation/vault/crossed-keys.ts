/** One tenant's ciphertext and one tenant's token, brought together with what is another's. */
import { type Look, asProbe } from '../look.ts';
import { isSuccess, mustFail, mustSucceed } from './vault-looks.ts';
import { base64, type VaultActor, type VaultScene } from './vault-scene.ts';

export async function probeCrossedKeys(scene: VaultScene): Promise<Look[]> {
  const looks: Look[] = [];
  for (const { owner, stranger } of scene.pairs) {
    looks.push(
      ...(await probeForeignCiphertext(scene, owner, stranger)),
      ...(await probeOtherContext(scene, owner)),
      ...(await probeWrapping(scene, owner, stranger)),
      ...(await probeFalseTokens(scene, owner)),
    );
  }
  return looks;
}

/** A stranger who got hold of a ciphertext cannot read it with its own key. */
async function probeForeignCiphertext(scene: VaultScene, owner: VaultActor, stranger: VaultActor): Promise<Look[]> {
  const probe = "vault: another tenant's ciphertext under an own key";
  const foreign = await decrypt(scene, stranger, owner.ciphertext, owner.tenant.id);
  const own = await decrypt(scene, owner, owner.ciphertext, owner.tenant.id);
  return [
    mustFail(probe, `${stranger.tenant.slug} with the ciphertext of ${owner.tenant.slug}`, foreign, [
      base64(owner.canary),
    ]),
    mustSucceed(probe, owner.tenant.slug, own, base64(owner.canary)),
  ];
}

/** A ciphertext belongs to its place: under another one it does not decrypt. */
async function probeOtherContext(scene: VaultScene, owner: VaultActor): Promise<Look[]> {
  const probe = 'vault: a ciphertext in another place than its own';
  const moved = await decrypt(scene, owner, owner.ciphertext, 'elsewhere');
  const own = await decrypt(scene, owner, owner.ciphertext, owner.tenant.id);
  return [
    mustFail(probe, owner.tenant.slug, moved, [base64(owner.canary)]),
    mustSucceed(probe, owner.tenant.slug, own, base64(owner.canary)),
  ];
}

function decrypt({ vault }: VaultScene, { key, token }: VaultActor, ciphertext: string, context: string) {
  const body = { ciphertext, associated_data: base64(context) };
  return vault.ask({ method: 'POST', path: `transit/decrypt/${key}`, token, body });
}

/** A wrapping token is a right by itself, once: with a stranger's token it gives nothing, and a second time neither. */
async function probeWrapping(scene: VaultScene, owner: VaultActor, stranger: VaultActor): Promise<Look[]> {
  const { vault } = scene;
  const probe = "vault: unwrapping another tenant's secret";
  const twice = 'vault: unwrapping a secret twice';
  const headers = { 'x-vault-wrap-ttl': '30s' };
  const wrapped = await vault.ask({ method: 'GET', path: `kv/data/${owner.secret}`, token: owner.token, headers });
  const wrapping = /"wrap_info":\{[^}]*"token":"([^"]+)"/.exec(wrapped.body)?.[1];
  if (wrapping === undefined) {
    const missing = `no wrapping token for ${owner.tenant.slug}: status ${wrapped.status}`;
    return [asProbe(probe, 'undecided', missing), asProbe(twice, 'undecided', missing)];
  }
  const body = { token: wrapping };
  const foreign = await vault.ask({ method: 'POST', path: 'sys/wrapping/unwrap', token: stranger.token, body });
  const rightful = await vault.ask({ method: 'POST', path: 'sys/wrapping/unwrap', token: wrapping });
  const again = await vault.ask({ method: 'POST', path: 'sys/wrapping/unwrap', token: wrapping });
  return [
    mustFail(probe, `${stranger.tenant.slug} with a wrapping of ${owner.tenant.slug}`, foreign, [owner.canary]),
    mustSucceed(probe, owner.tenant.slug, rightful, owner.canary),
    mustFail(twice, owner.tenant.slug, again, [owner.canary]),
    mustSucceed(twice, owner.tenant.slug, rightful, owner.canary),
  ];
}

/** No token, one of nobody, one with a letter changed: none reads a tenant's secret. */
async function probeFalseTokens({ vault }: VaultScene, owner: VaultActor): Promise<Look[]> {
  // In its third quarter: the first half is a signature that Vault looks at on replicas only, and the end holds an index of its log
  // and unused bits. Between them lies what is random (HashiCorp, "Tokens", server side consistent tokens).
  const place = Math.floor(owner.token.length * 0.7);
  const other = owner.token[place] === 'A' ? 'B' : 'A';
  const changed = `${owner.token.slice(0, place)}${other}${owner.token.slice(place + 1)}`;
  const tokens: [what: string, token: string | undefined][] = [
    ['no token', undefined],
    ['a token of nobody', 'hvs.certainly-not-a-token'],
    ['a token with a letter changed', changed],
    ['an accessor in place of a token', owner.accessor],
  ];
  const request = { method: 'GET', path: `kv/data/${owner.secret}` } as const;
  const own = await vault.ask({ ...request, token: owner.token });
  const looks: Look[] = [];
  for (const [what, token] of tokens) {
    const probe = `vault: a secret with ${what}`;
    const tried = await vault.ask({ ...request, ...(token === undefined ? {} : { token }) });
    // A token that Vault cannot take apart is answered with 500: refused all the same, as long as the true one is answered.
    const torn = tried.status === 500 && isSuccess(own) && !tried.body.includes(owner.canary);
    looks.push(torn ? asProbe(probe, 'ok', '') : mustFail(probe, owner.tenant.slug, tried, [owner.canary]));
    looks.push(mustSucceed(probe, owner.tenant.slug, own, owner.canary));
  }
  return looks;
}
