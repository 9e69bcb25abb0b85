/** Finds a benchmark by its name and runs it; whoever asks for what there is not is told what there is. */
import { SignoffError } from '../harness/model/errors.ts';
import { exitCode } from '../harness/model/exit-codes.ts';
import { isBadArguments, refuseArguments } from './bad-arguments.ts';
import { calibrate } from './calibrate.ts';
import { compareArms } from './compare-arms.ts';
import { measureCoverage } from './coverage.ts';
import { decide } from './decide.ts';
import { record } from './record.ts';

interface Benchmark {
  /** After the name; empty: nothing. */
  takes: string;
  summary: string;
  run: (print: (line: string) => void, args: string[]) => Promise<void>;
}

const benchmarks: Record<string, Benchmark> = {
  arms: { takes: '', summary: 'requests per second of the reference service in each mode', run: compareArms },
  calibrate: {
    takes: '[--conditions quiet|disturbed] [--live RUN]...',
    summary:
      'how often the comparison of builds is wrong, and how soon it finds what is there; writes docs/calibration',
    run: calibrate,
  },
  coverage: {
    takes: '',
    summary: 'how often the intervals hold the true figure, on made-up series',
    run: measureCoverage,
  },
  decide: {
    takes: '[--conditions quiet|disturbed]',
    summary: 'how much load a comparison needs, beside a sequential Mann–Whitney test',
    run: decide,
  },
  record: {
    takes: '--conditions quiet|disturbed RUN... [--blocks N]',
    summary: 'makes the recording that calibration draws from, of comparisons of a build with itself',
    run: record,
  },
};

/** Where it writes to. */
export interface BenchOutput {
  out: (text: string) => void;
  err: (text: string) => void;
}

/** Returns the exit code. */
export async function runBench([name, ...args]: readonly string[], { out, err }: BenchOutput): Promise<number> {
  if (name === '--help' || name === '-h') {
    out(usage());
    return exitCode('pass');
  }
  const benchmark = name === undefined || !Object.hasOwn(benchmarks, name) ? undefined : benchmarks[name];
  if (name === undefined || benchmark === undefined) {
    err(`bench: ${name === undefined ? 'a name is missing' : `there is no "${name}"`}\n${usage()}`);
    return exitCode('usage');
  }
  if (args.includes('--help') || args.includes('-h')) {
    out(usageOf(name, benchmark));
    return exitCode('pass');
  }
  try {
    if (benchmark.takes === '') refuseArguments(args);
    await benchmark.run((line) => out(`${line}\n`), args);
    return exitCode('pass');
  } catch (error) {
    if (isBadArguments(error)) {
      err(`bench: ${name}: ${error.message}\n${usageOf(name, benchmark)}`);
      return exitCode('usage');
    }
    if (!(error instanceof SignoffError)) throw error;
    err(`bench: ${name}: ${error.message}\n  ${error.hint}\n`);
    return error.exitCode;
  }
}

function usage(): string {
  const width = Math.max(...Object.keys(benchmarks).map(({ length }) => length));
  const lines = Object.entries(benchmarks).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}\n`);
  return `usage: npm run bench -- NAME [ARGUMENTS]\n${lines.join('')}`;
}

function usageOf(name: string, { takes, summary }: Benchmark): string {
  return `usage: npm run bench -- ${`${name} ${takes}`.trimEnd()}\n  ${summary}\n`;
}
