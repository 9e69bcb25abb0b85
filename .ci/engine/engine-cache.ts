/** Where the engine keeps what a second run can use again: beside the tools in the user's cache folder. */
import path from 'node:path';
import { toolCacheRoot } from '../../harness/environment/tools/tool-cache.ts';

export interface EngineCache {
  /** Docker client and Compose, taken out of Debian's packages. */
  client: string;
  /** Images and layers of the engine that we start ourselves. */
  data: string;
  /** Which engine of ours runs, or ran when its owner was killed. */
  state: string;
  engineLock: string;
  imagesLock: string;
}

export function engineCache(environment: NodeJS.ProcessEnv = process.env): EngineCache {
  const root = path.join(path.dirname(toolCacheRoot(environment)), 'engine');
  return {
    client: path.join(root, 'client'),
    data: path.join(root, 'data'),
    state: path.join(root, 'running.json'),
    engineLock: path.join(root, 'engine.lock'),
    imagesLock: path.join(root, 'images.lock'),
  };
}
