/** The policy that a person may change, thresholds.json: limits of claims and of guards. Data only, unknown keys refused. */
import { z } from 'zod';
import { gatesSchema } from './gate-schema.ts';
import { baselinePolicySchema, relativeShape, withLevels } from './policy-entry.ts';

const shareSchema = (what: string) =>
  z.strictObject({ limit: z.number().min(0).max(100), unit: z.literal('%') }).describe(what);

const percentileGate = (what: string) =>
  z
    .strictObject({
      limit: z.number().positive(),
      unit: z.literal('ms'),
      percentile: z.literal(99).describe('The claims are about p99.'),
      confidence: z.number().min(0.8).max(0.999).describe('Of each bound, one-sided.'),
      minimumSamples: z
        .int()
        .min(299)
        .describe('Independent samples below which the claim never holds; fewer than 299 cannot bound a p99 at 95 %.'),
      ...relativeShape,
    })
    .describe(what);

const zeroTolerance = (what: string) =>
  z
    .strictObject({
      limit: z.literal(0),
      unit: z.literal('count'),
      minimumSamples: z.int().min(1).describe('Probes below which the claim never holds.'),
    })
    .describe(what);

/** Chances of error are over all looks together: a comparison may be looked at after every block, and stopped for any reason. */
const comparisonGate = <U extends 'ratio' | '%' | 'count'>(unit: U, what: string) =>
  z
    .strictObject({
      limit: z.number().nonnegative().describe('Broken as soon as the candidate is surely over it, against the base.'),
      margin: z
        .number()
        .positive()
        .describe('Holds as soon as the candidate is surely not over it: the smallest effect that must not be missed.'),
      unit: z.literal(unit),
      falseAlarm: z
        .number()
        .gt(0)
        .max(0.05)
        .describe('Chance that it is called broken although the limit is kept. A comparison adds those of its claims.'),
      falsePass: z.number().gt(0).max(0.05).describe('Chance that it is called held although the margin is exceeded.'),
      minimumBlocks: z.int().min(6),
    })
    .refine(({ limit, margin }) => margin >= limit, {
      error: 'the margin must not be below the limit',
      path: ['margin'],
    })
    .describe(what);

export const thresholdsSchema = z
  .strictObject({
    $schema: z.string().optional(),
    claims: withLevels({
      'AC-1': z
        .strictObject({ limit: z.number().positive(), unit: z.literal('s') })
        .describe('Time for the environment to come up.'),
      'LAT-500-BASELINE': percentileGate('p99 at 100 users, closed load.'),
      'LAT-500-TARGET': percentileGate('p99 at 500 users, closed load.'),
      'LAT-500-BASELINE-OPEN': percentileGate('p99 at the rate of 100 users, open load.'),
      'LAT-500-TARGET-OPEN': percentileGate('p99 at the rate of 500 users, open load.'),
      'LAT-100T': percentileGate('p99 with 100 tenants.'),
      'LAT-1KT': percentileGate('p99 with 1,000 tenants.'),
      'LAT-10KT': percentileGate('p99 with 10,000 tenants.'),
      'RLS-COST': z
        .strictObject({
          limit: z
            .number()
            .positive()
            .describe('Largest ratio of latency with RLS to latency with the explicit filter only; 1.25 is +25 %.'),
          unit: z.literal('ratio'),
          confidence: z.number().min(0.8).max(0.999),
          minimumBlocks: z.int().min(6),
          minimumSamples: z.int().min(1).describe('Pairs, over all blocks.'),
          ...relativeShape,
        })
        .describe('Cost of row-level security, paired.'),
      'SEC-ISO': zeroTolerance('Tenant isolation.'),
      'SEC-AUTHN': zeroTolerance('Authentication.'),
      'SEC-AUTHZ': zeroTolerance('Roles.'),
      'CMP-MEDIAN': comparisonGate('ratio', 'Typical latency of two builds, candidate to base.'),
      'CMP-ENDPOINT': comparisonGate('ratio', 'The same of each endpoint; the worst decides.'),
      'CMP-TAIL': comparisonGate('ratio', 'p95, p98 and p99 of latency, candidate to base; the worst decides.'),
      'CMP-TENANT': comparisonGate('ratio', 'Median latency of each tenant; the worst decides.'),
      'CMP-CPU': comparisonGate('ratio', 'CPU time of a request.'),
      'CMP-ALLOCATION': comparisonGate('ratio', 'Memory that a request allocates.'),
      'CMP-BYTES': comparisonGate('ratio', 'Bytes that are written for a request.'),
      'CMP-STATEMENTS': comparisonGate('ratio', 'SQL statements of a request.'),
      'CMP-ROWS': comparisonGate('ratio', 'Rows that are read for a request.'),
      'CMP-ERRORS': comparisonGate('%', 'Share of failed answers, candidate less base.'),
      'CMP-CONNECTIONS': comparisonGate(
        'count',
        'Connections left in use, and requests waiting for one; candidate less base.',
      ),
    }),
    guards: withLevels({
      'generator-exit': z.strictObject({ limit: z.literal(0), unit: z.literal('count') }),
      'samples-present': z.strictObject({ limit: z.int().min(1), unit: z.literal('count') }),
      'achieved-rate': shareSchema('Achieved rate, at least this share of the offered rate.'),
      'dropped-iterations': z.strictObject({ limit: z.int().min(0), unit: z.literal('count') }),
      'generator-cpu': shareSchema('CPU of the generator, at most this share of what it may use.'),
      'generator-throttled': shareSchema(
        'Periods in which a CPU limit stopped the generator, at most this share of the periods in which it ran.',
      ),
      'generator-agreement': z
        .strictObject({ limit: z.number().positive().max(1_000), unit: z.literal('%') })
        .describe(
          'Difference of the medians that k6 and a second generator measure of one request, at most this share of the smaller.',
        ),
      'foreign-cpu': shareSchema('CPU that others took on the machine, at most this share of all cores.'),
      'error-share': shareSchema('Failed requests, at most this share.'),
      'database-role': z.strictObject({ limit: z.literal(0), unit: z.literal('count') }),
      'rls-forced': z.strictObject({ limit: z.literal(0), unit: z.literal('count') }),
      'oom-kills': z.strictObject({ limit: z.literal(0), unit: z.literal('count') }),
      'containers-restarted': z.strictObject({ limit: z.literal(0), unit: z.literal('count') }),
      'samples-complete': z.strictObject({ limit: z.literal(0), unit: z.literal('count') }),
      'measured-time': shareSchema(
        'Time from the first request to the last, at least this share of the declared time.',
      ),
      'iteration-lag': z
        .strictObject({ limit: z.number().positive(), unit: z.literal('ms') })
        .describe('99th percentile of how late iterations of open load began, at most.'),
      'users-at-ceiling': shareSchema('Virtual users at work at once under open load, at most this share.'),
      'host-steal': shareSchema('Processor time that a hypervisor took, at most this share of all cores.'),
      'error-burst': shareSchema('Answers other than 2xx in the worst second, at most this share.'),
      'unauthorised-burst': shareSchema('Answers 401 in the worst second, at most this share.'),
      'service-build': z.strictObject({ limit: z.literal(0), unit: z.literal('count') }),
      'generator-wait': z
        .strictObject({ limit: z.number().positive(), unit: z.literal('ms') })
        .describe('Mean wait of a thread of the generator for a processor, at most.'),
      'clock-step': z
        .strictObject({ limit: z.number().min(2), unit: z.literal('ms') })
        .describe('Movement of the wall clock against the monotonic one, at most; it is read to 1 ms.'),
      swap: z
        .strictObject({ limit: z.int().min(0), unit: z.literal('count') })
        .describe('Pages swapped on the machine during a block, at most.'),
      'disk-space': z
        .strictObject({ limit: z.int().min(0), unit: z.literal('bytes') })
        .describe('Space left on the disks in use, at least.'),
      'connection-budget': shareSchema('Connections that the pools may open, at most this share of what Postgres has.'),
      autovacuum: shareSchema('Looks that saw autovacuum while arms were compared, at most this share.'),
      'forced-checkpoints': z.strictObject({ limit: z.int().min(0), unit: z.literal('count') }),
      'arms-alike': z.strictObject({ limit: z.literal(0), unit: z.literal('count') }),
      'data-unchanged': z.strictObject({ limit: z.literal(0), unit: z.literal('count') }),
    }),
    gates: gatesSchema.optional(),
    baseline: baselinePolicySchema.optional(),
  })
  .describe('Limits that signoff judges by.');
export type Thresholds = z.infer<typeof thresholdsSchema>;
export type ClaimId = keyof Thresholds['claims'];
export type ComparisonClaimId = Extract<ClaimId, `CMP-${string}`>;
/** The policy of one claim about two builds. */
export type ComparisonGate = Thresholds['claims'][ComparisonClaimId];
export type GuardId = keyof Thresholds['guards'];
