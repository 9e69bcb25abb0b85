/** The key pair that signs sessions: made once, then kept, since a new one would end nobody's session but make the old one linger. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { VaultError } from '../vault/vault-http.ts';
import type { VaultOperator } from './vault-operator.ts';

const path = 'kv/data/service/jwt';
const lookEveryMs = 25;
const upgradeTimeoutMs = 10_000;

/** Returns whether there was none. */
export async function makeSessionKey(vault: VaultOperator): Promise<boolean> {
  return whenUpgraded(async () => {
    if (await hasSessionKey(vault)) return false;
    // Ed25519 (RFC 8037): the algorithm EdDSA of the sessions' JWTs.
    const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const data = { privateKeyPem: privateKey, publicKeyPem: publicKey, kid: randomUUID() };
    await vault.ask('POST', path, { data });
    return true;
  });
}

async function hasSessionKey(vault: VaultOperator): Promise<boolean> {
  try {
    await vault.ask('GET', path);
    return true;
  } catch (error) {
    if (error instanceof VaultError && error.failure === 'missing') return false;
    throw error;
  }
}

/** A new version 2 mount answers 400 "Upgrading from non-versioned to versioned data" for some moments (Vault, KV v2). */
async function whenUpgraded<T>(action: () => Promise<T>): Promise<T> {
  const deadlineMs = performance.now() + upgradeTimeoutMs;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      const upgrading = error instanceof VaultError && error.message.includes('Upgrading');
      if (!upgrading || performance.now() > deadlineMs) throw error;
      await pause(lookEveryMs);
    }
  }
}
