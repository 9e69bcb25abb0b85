/** The seeder’s command line: arguments, signals, streams, exit code; its only file that touches the process. */
import { readArguments, usage } from './arguments.ts';
import { countTenants } from './database/count-tenants.ts';
import { runSeed } from './run.ts';
import type { RunSummary } from './run.ts';
import { asSeedError, exitCodes, SeedError } from './seed-error.ts';

async function main(args: readonly string[]): Promise<number> {
  const asJson = args.includes('--json');
  try {
    const settings = readArguments(args);
    if (settings.help) {
      process.stdout.write(usage);
      return exitCodes.done;
    }
    const tenants = settings.ifEmpty ? await countTenants(settings) : 0;
    if (tenants > 0) {
      process.stdout.write(asJson ? `${JSON.stringify({ ok: true, skipped: true, tenants })}\n` : nothingToDo(tenants));
      return exitCodes.done;
    }
    const progress = {
      isTerminal: process.stderr.isTTY,
      write: (text: string) => void process.stderr.write(text),
    };
    const summary = await runSeed({ settings, signal: abortOnSignals(), progress, nowMs: () => performance.now() });
    process.stdout.write(asJson ? `${JSON.stringify(describe(summary))}\n` : sentence(summary));
    return exitCodes.done;
  } catch (thrown) {
    return report(asSeedError(thrown), asJson);
  }
}

/** The first signal stops cleanly; the second one ends the process, and the server rolls back by itself. */
function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    const hint = 'Tables that were being loaded are empty.';
    controller.abort(new SeedError('interrupted', `stopped by ${name}`, { hint }));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}

function describe({ manifest, manifestPath, wallMs }: RunSummary): object {
  const { seed, tenantCount, rows, rowsByTable, checksum, demoPassword } = manifest;
  return { ok: true, seed, tenantCount, rows, rowsByTable, checksum, demoPassword, manifestPath, wallMs };
}

function nothingToDo(tenants: number): string {
  return `${tenants} tenants are there already: nothing was loaded\n`;
}

function sentence({ manifest, manifestPath, wallMs }: RunSummary): string {
  const rows = manifest.rows.toLocaleString('en');
  const seconds = (wallMs / 1_000).toFixed(1);
  return `${manifest.tenantCount} tenants, ${rows} rows in ${seconds} s, checksum ${manifest.checksum}\n${manifestPath}\n`;
}

function report(error: SeedError, asJson: boolean): number {
  const { exit, message, hint, problems, cause, stack } = error;
  const trace = exit === 'internal' ? `\n${cause instanceof Error ? (cause.stack ?? '') : (stack ?? '')}` : '';
  process.stderr.write(`seed: ${message}${trace}\n${hint}\n`);
  if (asJson)
    process.stdout.write(`${JSON.stringify({ ok: false, error: { code: exit, message, hint, problems } })}\n`);
  return exitCodes[exit];
}

process.exitCode = await main(process.argv.slice(2));
