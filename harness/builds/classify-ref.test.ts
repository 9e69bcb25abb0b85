import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { classifyRef, isUrl } from './classify-ref.ts';
import { resolveBuilds } from './resolve-builds.ts';

const root = path.join(import.meta.dirname, '..', '..');
const places = { root, workingDirectory: root };
const options = { ...places, signal: new AbortController().signal, progress: () => undefined };

describe('a REF', () => {
  it.each([
    'http://127.0.0.1:3000',
    'HTTP://127.0.0.1:3000',
    'https://localhost:8443',
    'http://[::1]:3000/',
    'http://127.1.2.3',
  ])('is the URL %s of this machine', async (ref) => {
    expect(await classifyRef(ref, places)).toMatchObject({ kind: 'url' });
    expect(isUrl(ref)).toBe(true);
  });

  it.each([
    ['http://service.example', 'load goes to loopback only'],
    ['http://127.0.0.1.example', 'load goes to loopback only'],
    ['ftp://127.0.0.1', 'not by ftp:'],
    ['http://127.0.0.1:3000/api', 'only scheme, host and port'],
    ['http://someone:secret@127.0.0.1:3000', 'only scheme, host and port'],
    ['http://', 'not a URL'],
  ])('is not %s', async (ref, complaint) => {
    await expect(classifyRef(ref, places)).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      exitCode: 64,
      message: expect.stringContaining(complaint) as string,
    });
  });

  it('is a folder before it is a revision, from where the caller stands', async () => {
    const places = { root, workingDirectory: path.join(root, 'harness') };
    expect(await classifyRef('..', places)).toEqual({ kind: 'folder', folder: root });
  });

  it('that names nothing is told with all that was tried', async () => {
    const refused = classifyRef('docs', places);
    await expect(refused).rejects.toMatchObject({ exitCode: 64 });
    await expect(refused).rejects.toThrow(
      /"docs" names no build: no URL, a folder without .*server\.ts, no git revision/,
    );
    await expect(classifyRef('--all', places)).rejects.toThrow('no git revision');
  });
});

describe('two REFs', () => {
  it.each([
    [{ base: 'http://127.0.0.1:1', candidate: '.' }, 'http://127.0.0.1:1 cannot be held against .'],
    [{ base: '.', candidate: 'HTTP://127.0.0.1:1' }, 'HTTP://127.0.0.1:1 cannot be held against .'],
    [{ base: 'http://127.0.0.1:1', candidate: 'HTTP://127.0.0.1:1/' }, 'are the same service'],
    [{ base: 'http://127.0.0.1', candidate: 'http://localhost:80' }, 'are the same service'],
  ])('that cannot be held against each other are refused before anything is built: %#', async (refs, complaint) => {
    await expect(resolveBuilds(refs, options)).rejects.toThrow(complaint);
  });

  it('of services that do not answer', async () => {
    const refs = { base: 'http://127.0.0.1:1', candidate: 'http://127.0.0.1:2' };
    await expect(resolveBuilds(refs, options)).rejects.toMatchObject({ code: 'SERVER_NOT_READY', exitCode: 69 });
  });
});
