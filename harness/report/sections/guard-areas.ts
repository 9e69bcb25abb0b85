/** What each guard watches, so that the report can show those together that belong together. */
import type { GuardId } from '../../model/thresholds.ts';

/** In the order of the report. */
export const guardAreas = ['Load', 'Machine', 'Answers', 'System under test'] as const;
type GuardArea = (typeof guardAreas)[number];

const areaOfGuard: Record<GuardId, GuardArea> = {
  'generator-exit': 'Load',
  'samples-present': 'Load',
  'samples-complete': 'Load',
  'measured-time': 'Load',
  'achieved-rate': 'Load',
  'dropped-iterations': 'Load',
  'iteration-lag': 'Load',
  'users-at-ceiling': 'Load',
  'generator-cpu': 'Load',
  'generator-wait': 'Load',
  'generator-throttled': 'Load',
  'generator-agreement': 'Load',
  'foreign-cpu': 'Machine',
  'host-steal': 'Machine',
  swap: 'Machine',
  'disk-space': 'Machine',
  'clock-step': 'Machine',
  'oom-kills': 'Machine',
  'containers-restarted': 'Machine',
  'error-share': 'Answers',
  'error-burst': 'Answers',
  'unauthorised-burst': 'Answers',
  'service-build': 'System under test',
  'connection-budget': 'System under test',
  'forced-checkpoints': 'System under test',
  autovacuum: 'System under test',
  'arms-alike': 'System under test',
  'data-unchanged': 'System under test',
  'database-role': 'System under test',
  'rls-forced': 'System under test',
};

/** A guard of another version is shown last, with what belongs to the system under test. */
export function areaOf(id: string): GuardArea {
  return new Map<string, GuardArea>(Object.entries(areaOfGuard)).get(id) ?? 'System under test';
}
