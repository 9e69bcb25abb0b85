/** The contract of `selftest --json`: four entries a case; reasons and run folders are in selftest.json. */
import { provesNothing, type Selftest } from '../model/selftest.ts';

export function selftestJson({ cases, startedAt, machine, version, wallMs }: Selftest, exit: number) {
  return {
    cases: cases.map(({ id, claim, outcome, quantity, invalid }) => ({
      ...{ id, claim, outcome, quantity },
      // Only where it proves nothing.
      ...(provesNothing({ outcome, invalid }) ? { invalid: true as const } : {}),
    })),
    ...{ date: startedAt, machine, version, wallMs, exitCode: exit },
  };
}
