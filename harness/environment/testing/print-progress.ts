/** Progress as plain lines on stderr, for what is started by hand or by a test runner. */
import type { ProgressEvent } from '../../model/progress.ts';

export function printProgress(event: ProgressEvent): void {
  if (event.kind === 'stage') process.stderr.write(`${event.title}\n`);
  if (event.kind === 'step' || event.kind === 'warning') process.stderr.write(`  ${event.message}\n`);
}
