import { describe, expect, it } from 'vitest';
import type { Container } from '../../model/system.ts';
import { describeContainers } from './describe-containers.ts';

const container = (changes: Partial<Container>): Container => ({
  name: 'redis',
  id: 'a'.repeat(64),
  composeService: 'redis',
  image: 'redis:8.2.2',
  imageId: 'sha256:1',
  cpuLimit: 0.5,
  memoryLimitBytes: 1_000,
  ...changes,
});

const arm = (name: string, id: string, changes: Partial<Container> = {}): Container =>
  container({ name: `service:${name}`, id: id.repeat(64), composeService: 'service', image: 'service', ...changes });

describe('describeContainers', () => {
  it('gives the same text for the same system, whatever its ids, order and arms', () => {
    const one = describeContainers([container({}), arm('rls', 'b')]);
    const other = describeContainers([arm('bare', 'd'), arm('rls', 'c'), container({ id: 'e'.repeat(64) })]);
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
    expect(one.map(({ composeService }) => composeService)).toEqual(['redis', 'service']);
  });

  it('gives another for another limit or image', () => {
    const texts = [{}, { cpuLimit: 1 }, { cpuLimit: null }, { memoryLimitBytes: 2_000 }, { imageId: 'sha256:2' }].map(
      (changes) => JSON.stringify(describeContainers([container(changes)])),
    );
    expect(new Set(texts).size).toBe(texts.length);
  });
});
