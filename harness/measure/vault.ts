/** Gathers whether Vault is sealed, how many requests it served in the window and how many tokens live at its end. */
import { z } from 'zod';
import type { Measurement } from '../model/measurement.ts';
import type { System } from '../model/system.ts';
import type { Gatherer } from './gatherer.ts';
import { httpGet, httpGetJson } from './http-get.ts';
import { parsePrometheusText, sumOf } from './prometheus-text.ts';

type VaultFacts = Extract<Measurement['artefacts']['vault'], { ok: true }>['value'];

const sealSchema = z.object({ sealed: z.boolean() });
const accessorsSchema = z.object({ data: z.object({ keys: z.array(z.string()) }) });

/** Counts of these two summaries together are all requests: logins are handled apart. */
const REQUEST_COUNTS = ['vault_core_handle_request_count', 'vault_core_handle_login_request_count'];

/** `requests` is null where Vault keeps no Prometheus metrics (telemetry off), `tokens` where it is sealed. */
export function vaultGatherer({ vault }: System): Gatherer<VaultFacts> {
  const headers = { 'X-Vault-Token': vault.rootToken };
  let start: number | null = null;
  let end: number | null = null;

  const countRequests = async (): Promise<number | null> => {
    const { status, body } = await httpGet(`${vault.address}/v1/sys/metrics?format=prometheus`, headers);
    // 400 "prometheus is not enabled"; 503 while sealed.
    if (status !== 200) return null;
    const samples = parsePrometheusText(body);
    return REQUEST_COUNTS.reduce((sum, name) => sum + sumOf(samples, name), 0);
  };

  return {
    windowStarts: async () => {
      start = await countRequests();
    },
    windowEnds: async () => {
      end = await countRequests();
    },
    read: async () => {
      const { sealed } = sealSchema.parse(await httpGetJson(`${vault.address}/v1/sys/seal-status`));
      const requests = start === null || end === null ? null : end - start;
      return { sealed, requests, tokens: sealed ? null : await countTokens(vault.address, headers) };
    },
  };
}

async function countTokens(address: string, headers: Record<string, string>): Promise<number> {
  const answer = await httpGetJson(`${address}/v1/auth/token/accessors?list=true`, headers);
  return accessorsSchema.parse(answer).data.keys.length;
}
