/** The guards of a valid run. */
import type { Validity } from '../../model/result.ts';

export function passingGuards(): Validity[] {
  const perExperiment = ['baseline', 'target', 'baseline-open', 'target-open', 'rls-cost', 'isolation'].flatMap(
    (scope) => [
      {
        id: 'generator-exit',
        scope,
        ok: true,
        observed: 0,
        limit: 0,
        unit: 'count' as const,
        why: 'Load generator ended as it should. k6 that crashed or exited oddly leaves out what it did not send.',
      },
      {
        id: 'samples-present',
        scope,
        ok: true,
        observed: 4820,
        limit: 1,
        unit: 'count' as const,
        why: 'Samples in every block. Of no samples nothing follows.',
      },
      {
        id: 'dropped-iterations',
        scope,
        ok: true,
        observed: 0,
        limit: 0,
        unit: 'count' as const,
        why: 'Dropped iterations. Iterations that were never started are the slowest ones, left out.',
      },
      {
        id: 'achieved-rate',
        scope,
        ok: true,
        observed: 99.1,
        limit: 95,
        unit: '%' as const,
        why: 'Achieved rate against offered rate. A rate that was not reached means that the load was lighter than it says.',
      },
      {
        id: 'generator-cpu',
        scope,
        ok: true,
        observed: 41.7,
        limit: 80,
        unit: '%' as const,
        why: 'CPU of the load generator, share of what it may use. A busy generator adds its own delay to every latency.',
      },
      {
        id: 'error-share',
        scope,
        ok: true,
        observed: 0.02,
        limit: 1,
        unit: '%' as const,
        why: 'Failed requests. Errors are fast: many of them make a latency look good.',
      },
    ],
  );
  return [
    ...perExperiment,
    {
      id: 'database-role',
      scope: null,
      ok: true,
      observed: 0,
      limit: 0,
      unit: 'count',
      why: 'Service mode and database role as declared. A role that bypasses row-level security would measure another system.',
    },
    {
      id: 'rls-forced',
      scope: null,
      ok: true,
      observed: 0,
      limit: 0,
      unit: 'count',
      why: 'Tenant tables without forced row-level security. A table without forced row-level security would measure another system.',
    },
  ];
}
