/** The containers of a system with their images and limits, in one order and without what differs from run to run. */
import type { ContainerLimits } from '../../model/environment.ts';
import type { Container } from '../../model/system.ts';

/** Arms are containers of one service: those of one image and limit are told once, however many run just now. */
export function describeContainers(containers: readonly Container[]): ContainerLimits[] {
  const described = containers.map(({ composeService, image, imageId, cpuLimit, memoryLimitBytes }) => {
    return { composeService, image, imageId, cpuLimit, memoryLimitBytes };
  });
  const byText = new Map(described.map((one) => [JSON.stringify(one), one]));
  return [...byText].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, limits]) => limits);
}
