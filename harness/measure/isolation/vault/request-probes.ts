/** Sends the requests of foreign-requests.ts with the token of a stranger, and with that of whoever may. */
import type { Look } from '../look.ts';
import { type ForeignRequest, foreignRequests } from './foreign-requests.ts';
import { mustBeForbidden, mustSucceed } from './vault-looks.ts';
import type { VaultActor, VaultScene } from './vault-scene.ts';

export async function probeForeignRequests(scene: VaultScene): Promise<Look[]> {
  const looks: Look[] = [];
  for (const { owner, stranger } of scene.pairs) {
    for (const one of foreignRequests) looks.push(...(await probeForeign(scene, one, owner, stranger)));
  }
  return looks;
}

/** The stranger first: what the owner does then also shows what the stranger has left whole. */
async function probeForeign(
  { vault, asRoot }: VaultScene,
  { what, request, control }: ForeignRequest,
  owner: VaultActor,
  stranger: VaultActor,
): Promise<Look[]> {
  const probe = `vault: ${what} of another tenant`;
  const who = `${stranger.tenant.slug} at ${owner.tenant.slug}`;
  const tried = await vault.ask({ ...request(owner), token: stranger.token });
  const allowed = request(owner);
  const answer = await vault.ask(control === 'owner' ? { ...allowed, token: owner.token } : asRoot(allowed));
  return [
    mustBeForbidden(probe, who, tried),
    mustSucceed(probe, control === 'owner' ? owner.tenant.slug : 'the operator', answer),
  ];
}
