/** The engine that runs the containers, as Testcontainers finds it. */
import type { ContainerRuntimeClient } from 'testcontainers';

export type Docker = ContainerRuntimeClient['container']['dockerode'];
export type Inspection = Awaited<ReturnType<ReturnType<Docker['getContainer']>['inspect']>>;

/** Loaded only where there are containers: it takes a third of a second. */
export async function connectDocker(): Promise<Docker> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return (await getContainerRuntimeClient()).container.dockerode;
}

/** null when there is no such container any more. */
export async function inspectContainer(docker: Docker, id: string): Promise<Inspection | null> {
  try {
    return await docker.getContainer(id).inspect();
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return null;
    throw error;
  }
}
