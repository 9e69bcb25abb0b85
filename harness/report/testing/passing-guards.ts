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
        why: 'k6 that crashed or exited oddly leaves out what it did not send.',
      },
      {
        id: 'samples-present',
        scope,
        ok: true,
        observed: 4820,
        limit: 1,
        unit: 'count' as const,
        why: 'Of no samples nothing follows.',
      },
      {
        id: 'dropped-iterations',
        scope,
        ok: true,
        observed: 0,
        limit: 0,
        unit: 'count' as const,
        why: 'Iterations that were never started are the slowest ones, left out.',
      },
      {
        id: 'achieved-rate',
        scope,
        ok: true,
        observed: 99.1,
        limit: 95,
        unit: '%' as const,
        why: 'A rate that was not reached means that the load was lighter than it says.',
      },
      {
        id: 'generator-cpu',
        scope,
        ok: true,
        observed: 41.7,
        limit: 80,
        unit: '%' as const,
        why: 'A busy generator adds its own delay to every latency.',
      },
      {
        id: 'error-share',
        scope,
        ok: true,
        observed: 0.02,
        limit: 1,
        unit: '%' as const,
        why: 'Errors are fast: many of them make a latency look good.',
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
      why: 'A role that bypasses row-level security would measure another system.',
    },
    {
      id: 'rls-forced',
      scope: null,
      ok: true,
      observed: 0,
      limit: 0,
      unit: 'count',
      why: 'A table without forced row-level security would measure another system.',
    },
  ];
}
