/** The quantile of the standard normal distribution, from Student's t with so many degrees of freedom that it is the same to six digits. */
import { studentTQuantile } from '../../harness/statistics/student-t.ts';

const degreesOfFreedom = 1e7;

const known = new Map<number, number>();

/** `level` from 0.5 to below 1. */
export function normalQuantile(level: number): number {
  const found = known.get(level) ?? studentTQuantile(level, degreesOfFreedom);
  known.set(level, found);
  return found;
}
