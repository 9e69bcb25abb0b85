/** Tests of the decision how a machine gets an engine. */
import { describe, expect, it } from 'vitest';
import { EngineMissing } from './engine-missing.ts';
import { planEngine } from './plan-engine.ts';

const bare = { host: null, namedHost: null, isRoot: false, isDebian: false };

describe('planEngine', () => {
  it('uses an engine that answers, whoever we are', () => {
    const host = 'unix:///var/run/docker.sock';
    expect(planEngine({ ...bare, host })).toEqual({ kind: 'use', host });
    expect(planEngine({ ...bare, host, isRoot: true, isDebian: true })).toEqual({ kind: 'use', host });
  });

  it('starts one as root on Debian', () => {
    expect(planEngine({ ...bare, isRoot: true, isDebian: true })).toEqual({ kind: 'start' });
  });

  it('never replaces the engine that DOCKER_HOST names', () => {
    const facts = { ...bare, namedHost: 'tcp://engine.example:2375', isRoot: true, isDebian: true };
    expect(() => planEngine(facts)).toThrow(/DOCKER_HOST=tcp:\/\/engine\.example:2375/);
  });

  it.each([
    [{ ...bare, isDebian: true }, /needs root/],
    [{ ...bare, isRoot: true }, /on Debian only/],
    [bare, /on Debian only/],
  ])('says what a person can do (%#)', (facts, reason) => {
    expect(() => planEngine(facts)).toThrow(EngineMissing);
    expect(() => planEngine(facts)).toThrow(reason);
    expect(() => planEngine(facts)).toThrow(/Start Docker.*npm test -- containers/);
  });
});
