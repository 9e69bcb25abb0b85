/** k6's raw samples in memory: one row a request, in columns. On disk the same columns as Parquet. */

/**
 * One row per `http_req_duration` sample.
 * `endedAtMs`: Unix time of the end of the response, ms. `durationMs`: k6's http_req_duration, ms.
 * The dictionary columns hold indices into `endpoints`, `arms` and `tiers`. `pair` is -1 where the request has no partner.
 */
export interface SampleTable {
  count: number;
  endedAtMs: Float64Array;
  durationMs: Float64Array;
  status: Uint16Array;
  endpoint: Uint8Array;
  endpoints: string[];
  arm: Uint8Array;
  arms: string[];
  tier: Uint8Array;
  tiers: string[];
  pair: Int32Array;
  /** Rank of the tenant in the seed manifest that the request was made for; -1 where the script does not tell. */
  tenant: Int32Array;
  /** 1 where the request was made before the load began (logins in k6's setup), else 0. */
  setup: Uint8Array;
}
