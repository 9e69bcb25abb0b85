/** Every suite of probes beside those through the API, which k6 makes. */
import { poolSuite } from './pool/pool-suite.ts';
import type { ProbeSuite } from './probe-scene.ts';
import { redisSuite } from './redis/redis-suite.ts';
import { sqlSuite } from './sql/sql-suite.ts';
import { telemetrySuite } from './telemetry/telemetry-suite.ts';
import { vaultSuite } from './vault/vault-suite.ts';

export const allSuites: readonly ProbeSuite[] = [sqlSuite, poolSuite, redisSuite, vaultSuite, telemetrySuite];
