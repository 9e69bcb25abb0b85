/** `npm run bench`: the performance comparisons by name; each prints ratios measured in one run. */
import { calibrate } from './calibrate.ts';
import { compareArms } from './compare-arms.ts';
import { measureCoverage } from './coverage.ts';
import { decide } from './decide.ts';
import { record } from './record.ts';

const comparisons: Record<string, (print: (line: string) => void, args: string[]) => Promise<void>> = {
  arms: compareArms,
  calibrate,
  coverage: measureCoverage,
  decide,
  record,
};

const print = (line: string) => process.stdout.write(`${line}\n`);
const [name = 'arms', ...args] = process.argv.slice(2);
const comparison = comparisons[name];
if (comparison === undefined) {
  process.stderr.write(`bench: there is no "${name}"; there are ${Object.keys(comparisons).join(', ')}\n`);
  process.exitCode = 64;
} else {
  await comparison(print, args);
}
