import { describe, expect, it } from 'vitest';
import { NotSupported, Watch } from './gatherer.ts';

const done = () => Promise.resolve();

describe('Watch', () => {
  it('gives the value of a gatherer that took every step', async () => {
    const steps: string[] = [];
    const step = (name: string) => () => {
      steps.push(name);
      return Promise.resolve();
    };
    const watch = new Watch('thing', {
      open: step('open'),
      windowStarts: step('start'),
      windowEnds: step('end'),
      read: () => Promise.resolve(7),
      close: step('close'),
    });
    for (const moment of ['open', 'windowStarts', 'everySecond', 'windowEnds'] as const) await watch.at(moment);
    expect(await watch.finish()).toEqual({ ok: true, value: 7 });
    expect(steps).toEqual(['open', 'start', 'end', 'close']);
  });

  it('keeps the first failure, asks nothing more, and still lets go', async () => {
    let [asked, closed] = [0, false];
    const watch = new Watch('thing', {
      open: () => Promise.reject(new Error('no such host')),
      windowStarts: () => {
        asked += 1;
        return done();
      },
      read: () => Promise.resolve(7),
      close: () => {
        closed = true;
      },
    });
    await watch.at('open');
    await watch.at('windowStarts');
    expect(await watch.finish()).toEqual({
      ok: false,
      error: { code: 'THING_NOT_GATHERED', message: 'thing: no such host' },
    });
    expect([asked, closed]).toEqual([0, true]);
  });

  it('has no value where the window never ended', async () => {
    const watch = new Watch('thing', { windowStarts: done, windowEnds: done, read: () => Promise.resolve(0) });
    await watch.at('windowStarts');
    expect(await watch.finish()).toMatchObject({ ok: false, error: { code: 'NO_WINDOW' } });
  });

  it('says what the platform does not have', async () => {
    const watch = new Watch('host', {
      open: () => Promise.reject(new NotSupported('no /proc')),
      read: () => Promise.resolve(0),
    });
    await watch.at('open');
    expect(await watch.finish()).toMatchObject({ ok: false, error: { code: 'NOT_SUPPORTED' } });
  });

  it('leaves a look out while another is under way, and never runs two steps at once', async () => {
    let [looks, atOnce, most] = [0, 0, 0];
    const slow = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      looks += 1;
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
    };
    const watch = new Watch('thing', { everySecond: slow, windowEnds: slow, read: () => Promise.resolve(looks) });
    await Promise.all([watch.at('everySecond'), watch.at('everySecond'), watch.at('windowEnds')]);
    expect(await watch.finish()).toMatchObject({ ok: true });
    expect(most).toBe(1);
  });
});
