/** The service's key for session tokens, read from Vault. */
import { z } from 'zod';
import type { System } from '../model/system.ts';
import type { SigningKey } from './forge-tokens.ts';
import { httpGetJson } from './http-get.ts';

const keySchema = z.object({
  data: z.object({ data: z.object({ privateKeyPem: z.string(), kid: z.string().min(1) }) }),
});

/** Rejects when there is none. */
export async function readSigningKey({ address, rootToken }: System['vault']): Promise<SigningKey> {
  const answer = await httpGetJson(`${address}/v1/kv/data/service/jwt`, { 'X-Vault-Token': rootToken });
  return keySchema.parse(answer).data.data;
}
