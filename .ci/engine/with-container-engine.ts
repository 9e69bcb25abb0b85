/** Lends a container engine, with images for docker-compose.yml, to one piece of work, and leaves nothing behind. */
import { withBuildLock } from '../../harness/environment/tools/build-lock.ts';
import { buildImages } from './build-images.ts';
import { isDebian } from './debian.ts';
import { provideClient } from './docker-client.ts';
import { engineCache } from './engine-cache.ts';
import { findEngine } from './find-engine.ts';
import { installBootstrap, systemPath } from './install-packages.ts';
import { planEngine } from './plan-engine.ts';

export interface EngineOptions {
  tell: (message: string) => void;
  signal: AbortSignal;
}

type Work<T> = (variables: Record<string, string>) => Promise<T>;

/** Rejects with EngineMissing where none can be had. */
export async function withContainerEngine<T>(options: EngineOptions, work: Work<T>): Promise<T> {
  const isRoot = process.getuid?.() === 0;
  const named = process.env.DOCKER_HOST;
  const plan = planEngine({
    host: await findEngine(process.env),
    namedHost: named === undefined || named === '' ? null : named,
    isRoot,
    isDebian: isDebian(),
  });
  if (plan.kind === 'start') throw new Error('not yet');
  options.tell(`the engine at ${plan.host} answers; it is used and not stopped`);
  return work(await prepare(plan.host, options));
}

/** The variables of an engine that answers. */
async function prepare(host: string, { tell, signal }: EngineOptions): Promise<Record<string, string>> {
  const cache = engineCache();
  const onWait = (owner: { pid: number }) => tell(`process ${owner.pid} prepares images already; waiting for it`);
  return withBuildLock({ file: cache.imagesLock, signal, onWait }, async () => {
    const variables: Record<string, string> = {
      DOCKER_HOST: host,
      DOCKER_BUILDKIT: '0',
      TESTCONTAINERS_RYUK_DISABLED: 'true',
    };
    const environment = { ...process.env, ...variables };
    Object.assign(variables, await provideClient({ cache: cache.client, environment, tell, signal }));
    if (!canBuildStandIns()) return variables;
    await installBootstrap({ tell, signal });
    const images = await buildImages({
      environment: { ...environment, ...variables, PATH: systemPath() },
      tell,
      signal,
    });
    return { ...variables, ...images, SIGNOFF_BUILD_NETWORK: 'host' };
  });
}

/** Elsewhere the official images of docker-compose.yml are used, which is what people have anyway. */
function canBuildStandIns(): boolean {
  return process.getuid?.() === 0 && isDebian() && process.env.SIGNOFF_STAND_INS !== 'off';
}
