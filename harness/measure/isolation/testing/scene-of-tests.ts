/** The scene of the integration tests: the running system, its production service and its manifest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestSchema } from '../../../model/manifest.ts';
import type { System } from '../../../model/system.ts';
import type { ProbeScene } from '../probe-scene.ts';

export function sceneOfTests(system: System, changes: Partial<ProbeScene> = {}): ProbeScene {
  const service = system.services.find(({ arm }) => arm === 'rls');
  if (service === undefined) throw new Error('no production service runs');
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(system.manifestPath ?? '', 'utf8')));
  const root = join(import.meta.dirname, '..', '..', '..', '..');
  return { system, service, manifest, root, signal: new AbortController().signal, ...changes };
}
