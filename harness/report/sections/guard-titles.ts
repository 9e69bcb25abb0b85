/** What each guard watches, in words. */
import type { GuardId } from '../../model/thresholds.ts';

const titles: Record<GuardId, string> = {
  'generator-exit': 'k6 ended as it should',
  'samples-present': 'Samples were recorded',
  'achieved-rate': 'Achieved rate, share of the offered rate',
  'dropped-iterations': 'Iterations that were never started',
  'generator-cpu': 'CPU of the generator, share of what it may use',
  'error-share': 'Failed requests',
  'database-role': 'Database roles that bypass row-level security',
  'rls-forced': 'Tables without forced row-level security',
};

/** The id itself where a guard is not in the table (a run folder of another version). */
export function guardTitle(id: string): string {
  return Object.entries(titles).find(([known]) => known === id)?.[1] ?? id;
}
