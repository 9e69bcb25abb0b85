/** What runs of a bench have on the container engine, for the container tests. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Bench } from './run-signoff.ts';

/** Runs a docker command; resolves to what it printed. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('docker', args, { maxBuffer: 2 ** 26 });
  return stdout.trim();
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** Containers, networks and volumes whose run had its folder below the bench's, as `kind name`. */
export async function leftOnEngine(bench: Bench): Promise<string[]> {
  const kinds = [
    ['container', ['ps', '--all', '--format', '{{.Label "signoff.folder"}} {{.Names}}']],
    ['network', ['network', 'ls', '--format', '{{.Label "signoff.folder"}} {{.Name}}']],
    ['volume', ['volume', 'ls', '--format', '{{.Label "signoff.folder"}} {{.Name}}']],
  ] as const;
  const found = await Promise.all(
    kinds.map(async ([kind, args]) =>
      lines(await docker(...args)).flatMap((line) => {
        const [folder = '', name = ''] = line.split(' ');
        return folder.startsWith(bench.directory) ? [`${kind} ${name}`] : [];
      }),
    ),
  );
  return found.flat();
}

/** The id of the container of a service of docker-compose.yml that runs for the bench. */
export async function containerOf(bench: Bench, service: string): Promise<string> {
  const format = '{{.Label "signoff.folder"}} {{.Label "com.docker.compose.service"}} {{.ID}}';
  for (const line of lines(await docker('ps', '--no-trunc', '--format', format))) {
    const [folder = '', name, id = ''] = line.split(' ');
    if (folder.startsWith(bench.directory) && name === service) return id;
  }
  throw new Error(`no container of ${service} runs for ${bench.directory}`);
}
