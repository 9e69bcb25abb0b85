/** `npm run check`: every static check; with --fix, mends what can be mended by itself. */
import { runStep } from './steps.ts';
import { fixes, staticChecks } from './static-checks.ts';

let failed = 0;
for (const step of process.argv.includes('--fix') ? fixes : staticChecks) {
  if (!(await runStep(step))) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
