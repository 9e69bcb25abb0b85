import { describe, expect, it } from 'vitest';
import { cpuShares } from './host.ts';
import {
  parseCpuTimes,
  parseLoadAverage,
  parseMemoryAvailable,
  parseProcessStat,
  parseResidentMemory,
  parseSchedstat,
  parseSwappedPages,
} from './proc.ts';

describe('/proc/PID/stat', () => {
  const numbers = '1 2 3 4 5 4194304 7 8 9 10 250 50 20 5 20 0 1 0 1 2 3';

  it('reads own time and that of ended children', () => {
    expect(parseProcessStat(`42 (postgres) S ${numbers}`)).toEqual({ ownCpuSeconds: 3, endedChildrenCpuSeconds: 0.25 });
  });

  it('is not led astray by a name with spaces and brackets', () => {
    expect(parseProcessStat(`42 (a (b) c) S ${numbers}`).ownCpuSeconds).toBe(3);
  });

  it('refuses another text', () => {
    expect(() => parseProcessStat('nothing')).toThrow('not a process stat line');
  });
});

describe('/proc/PID/status', () => {
  it('tells own memory from shared', () => {
    const text = 'Name:\tk6\nVmRSS:\t  600 kB\nRssAnon:\t     100 kB\nRssFile:\t     200 kB\nRssShmem:\t     300 kB\n';
    expect(parseResidentMemory(text)).toEqual({ anonymousBytes: 102_400, sharedBytes: 512_000 });
  });

  it('is nothing for a process that has ended', () => {
    expect(parseResidentMemory('Name:\tk6\nState:\tZ (zombie)\n')).toEqual({ anonymousBytes: 0, sharedBytes: 0 });
  });
});

describe('/proc/stat', () => {
  it('adds up what was busy, idle and stolen', () => {
    const times = parseCpuTimes('cpu  100 20 30 400 50 6 4 200 0 0\ncpu0 1 2 3 4\n');
    expect(times).toEqual({ busySeconds: 1.6, idleSeconds: 4.5, stealSeconds: 2 });
  });

  it('knows no steal where the kernel does not count it', () => {
    expect(parseCpuTimes('cpu  100 20 30 400\n').stealSeconds).toBeNull();
  });

  it('becomes shares of all processors', () => {
    const first = { busySeconds: 10, idleSeconds: 100, stealSeconds: 0 };
    expect(cpuShares(first, { busySeconds: 13, idleSeconds: 106, stealSeconds: 1 })).toEqual({
      busyShare: 0.3,
      stealShare: 0.1,
    });
    expect(() => cpuShares(first, first)).toThrow('did not move');
  });
});

describe('/proc/meminfo and /proc/loadavg', () => {
  it('reads one figure each', () => {
    expect(parseMemoryAvailable('MemTotal: 10 kB\nMemAvailable:       5 kB\n')).toBe(5_120);
    expect(() => parseMemoryAvailable('MemTotal: 10 kB\n')).toThrow('MemAvailable');
    expect(parseLoadAverage('1.25 0.50 0.10 1/100 4242\n')).toBe(1.25);
  });
});

describe('/proc/vmstat', () => {
  it('adds pages that came and went', () => {
    expect(parseSwappedPages('nr_free_pages 12\npswpin 30\npswpout 12\npswpin_zero 5\n')).toBe(42);
  });

  it('has none where the kernel knows no swap, and refuses another text', () => {
    expect(parseSwappedPages('nr_free_pages 12\n')).toBe(0);
    expect(() => parseSwappedPages('')).toThrow('not /proc/vmstat');
  });
});

describe('/proc/PID/task/TID/schedstat', () => {
  it('tells time on the processor, time waiting for it, and slices', () => {
    expect(parseSchedstat('2500000000 500000000 1200\n')).toEqual({ runSeconds: 2.5, waitSeconds: 0.5, slices: 1200 });
  });

  it('refuses another text', () => {
    expect(() => parseSchedstat('')).toThrow('not a schedstat line');
  });
});
