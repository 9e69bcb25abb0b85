/** Lends a container engine, with images for docker-compose.yml, to one piece of work, and leaves nothing behind. */
import { existsSync, readFileSync } from 'node:fs';
import { withBuildLock } from '../../harness/environment/tools/build-lock.ts';
import { buildImages } from './build-images.ts';
import { startEngine } from './container-engine.ts';
import { isDebian } from './debian.ts';
import { provideClient } from './docker-client.ts';
import { emptyEngine } from './empty-engine.ts';
import { engineCache } from './engine-cache.ts';
import { findEngine } from './find-engine.ts';
import { installBootstrap, installEngine, systemPath } from './install-packages.ts';
import { planEngine } from './plan-engine.ts';
import { engineStateSchema, removeEngine } from './remove-engine.ts';

export interface EngineOptions {
  tell: (message: string) => void;
  signal: AbortSignal;
}

/** Gets the variables that make `docker`, Compose, Testcontainers and docker-compose.yml use the engine. */
type Work<T> = (variables: Record<string, string>) => Promise<T>;

/** An engine that answers is used and goes on; otherwise one is started and stopped. Rejects with EngineMissing where none can be had. */
export async function withContainerEngine<T>(options: EngineOptions, work: Work<T>): Promise<T> {
  const named = process.env.DOCKER_HOST;
  const plan = planEngine({
    host: await findEngine(process.env),
    namedHost: named === undefined || named === '' ? null : named,
    isRoot: process.getuid?.() === 0,
    isDebian: isDebian(),
  });
  if (plan.kind === 'start') return withOwnEngine(options, work);
  options.tell(`the engine at ${plan.host} answers; it is used and not stopped`);
  return work(await prepare(plan.host, options));
}

/** One at a time: engines of our own would share data folder, bridge and rules. */
async function withOwnEngine<T>(options: EngineOptions, work: Work<T>): Promise<T> {
  const cache = engineCache();
  const { tell, signal } = options;
  const onWait = (owner: { pid: number }) => tell(`process ${owner.pid} runs an engine of ours; waiting for its end`);
  return withBuildLock({ file: cache.engineLock, signal, onWait }, async () => {
    await removeFormerEngine(cache.state, tell);
    await installEngine(options);
    const engine = await startEngine({ cache, tell, signal });
    tell(`started an engine of our own at ${engine.host}`);
    try {
      const client = await clientOf(engine.host, options);
      // Left there when an earlier run was killed.
      await emptyEngine(client.environment);
      try {
        return await work(await prepare(engine.host, options));
      } finally {
        await emptyEngine(client.environment);
      }
    } finally {
      await engine.stop();
      tell('stopped the engine');
    }
  });
}

/** Its owner was killed before it could stop it. */
async function removeFormerEngine(stateFile: string, tell: EngineOptions['tell']): Promise<void> {
  if (!existsSync(stateFile)) return;
  tell('an earlier run was killed; stopping what is left of its engine');
  await removeEngine(engineStateSchema.parse(JSON.parse(readFileSync(stateFile, 'utf8'))), stateFile);
}

interface Client {
  variables: Record<string, string>;
  /** Ours with those variables. */
  environment: NodeJS.ProcessEnv;
}

async function clientOf(host: string, { tell, signal }: EngineOptions): Promise<Client> {
  const variables: Record<string, string> = {
    DOCKER_HOST: host,
    DOCKER_BUILDKIT: '0',
    // Containers are removed by their owners, and its image cannot be had where there is no registry.
    TESTCONTAINERS_RYUK_DISABLED: 'true',
  };
  const environment = { ...process.env, ...variables };
  Object.assign(variables, await provideClient({ cache: engineCache().client, environment, tell, signal }));
  return { variables, environment: { ...environment, ...variables } };
}

/** The variables of an engine that answers. */
async function prepare(host: string, options: EngineOptions): Promise<Record<string, string>> {
  const { tell, signal } = options;
  const onWait = (owner: { pid: number }) => tell(`process ${owner.pid} prepares images already; waiting for it`);
  return withBuildLock({ file: engineCache().imagesLock, signal, onWait }, async () => {
    const { variables, environment } = await clientOf(host, options);
    if (!canBuildStandIns()) return variables;
    await installBootstrap(options);
    const PATH = `${environment.PATH ?? ''}:${systemPath()}`;
    const images = await buildImages({ environment: { ...environment, PATH }, tell, signal });
    return { ...variables, ...images, SIGNOFF_BUILD_NETWORK: 'host' };
  });
}

/** Elsewhere the official images of docker-compose.yml are used, which is what people have anyway. */
function canBuildStandIns(): boolean {
  return process.getuid?.() === 0 && isDebian() && process.env.SIGNOFF_STAND_INS !== 'off';
}
