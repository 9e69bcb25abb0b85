import { describe, expect, it } from 'vitest';
import { nameImage } from './describe-containers.ts';

const id = `sha256:${'4f'.repeat(32)}`;
const commit = '0123456789abcdef0123456789abcdef01234567';
const labels = (revision: string) => ({ Labels: { 'org.opencontainers.image.revision': revision } });

describe('the name of an image', () => {
  it.each([
    ['its tag and revision, asked for by id', id, ['service:1'], labels(commit), 'service:1, revision 0123456789ab'],
    [
      'that the work tree was changed',
      id,
      ['service:1'],
      labels(`${commit}-dirty`),
      'service:1, revision 0123456789ab-dirty',
    ],
    ['the name that it was asked for by', 'mine:2', ['service:1', 'mine:2'], { Labels: {} }, 'mine:2'],
    ['no revision where the label is empty', id, ['service:1'], labels(''), 'service:1'],
    ['the id where it has no tag', id, [], { Labels: null }, id],
    ['the id where the engine writes null for none', id, null, { Labels: null }, id],
  ])('has %s', (_, asked, RepoTags, Config, name) => {
    expect(nameImage(asked, { RepoTags, Config })).toBe(name);
  });
});
