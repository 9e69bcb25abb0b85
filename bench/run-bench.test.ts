/** Arguments of the benchmarks: what is not taken is told in a line and ends with 64, before anything is started. */
import { describe, expect, it } from 'vitest';
import { runBench } from './run-bench.ts';

async function ask(...argv: string[]) {
  const text = { out: '', err: '' };
  const code = await runBench(argv, { out: (part) => (text.out += part), err: (part) => (text.err += part) });
  return { code, ...text };
}

const names = ['arms', 'calibrate', 'coverage', 'decide', 'record'];

describe('bench', () => {
  it('lists the names where it is asked to, and where none or a wrong one was given', async () => {
    const help = await ask('--help');
    expect(help).toMatchObject({ code: 0, err: '' });
    for (const name of names) expect(help.out).toMatch(new RegExp(`^  ${name} .*\\w`, 'm'));
    expect(await ask()).toEqual({ code: 64, out: '', err: `bench: a name is missing\n${help.out}` });
    expect(await ask('toString')).toEqual({ code: 64, out: '', err: `bench: there is no "toString"\n${help.out}` });
  });

  it.each(names)('tells what %s takes', async (name) => {
    expect(await ask(name, '--help')).toMatchObject({ code: 0, out: expect.stringContaining(`-- ${name}`) as string });
  });

  it.each([
    ['decide', '--nosuch'],
    ['decide', 'somewhere'],
    ['decide', '--conditions', 'foo'],
    ['decide', '--conditions'],
    ['arms', '--fast'],
    ['coverage', 'all'],
    ['calibrate', '--live', 'somewhere'],
    ['calibrate', '--conditions', 'foo'],
    ['record', '--conditions', 'quiet'],
    ['record', '--conditions', 'foo', 'somewhere'],
    ['record', '--conditions', 'quiet', 'no-such-run'],
  ])('refuses %s %s %s %s', async (name, ...args) => {
    const { code, out, err } = await ask(name, ...args);
    expect([code, out]).toEqual([64, '']);
    expect(err).toMatch(new RegExp(`^bench: ${name}: .*\\w`));
    expect(err).not.toMatch(/^\s+at /m);
  });
});
