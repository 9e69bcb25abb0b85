import { describe, expect, it } from 'vitest';
import { ClockSteps } from './clock-steps.ts';

describe('ClockSteps', () => {
  it('sees a step of the wall clock, and nothing while both go on', () => {
    let now = 1_000;
    let setForwardMs = 0;
    const steps = new ClockSteps({ wallMs: () => now + setForwardMs, monotonicMs: () => now });
    steps.look();
    now += 5_000;
    steps.look();
    expect(steps.spanMs()).toBe(0);
    setForwardMs = -250;
    steps.look();
    setForwardMs = 0;
    steps.look();
    expect(steps.spanMs()).toBe(250);
  });

  it('does not take a pause between two readings for a step', () => {
    let reads = 0;
    let now = 0;
    const steps = new ClockSteps({
      wallMs: () => now,
      monotonicMs: () => {
        reads += 1;
        if (reads === 2) now += 80;
        return now;
      },
    });
    steps.look();
    steps.look();
    expect(steps.spanMs()).toBe(0);
  });

  it('knows nothing from one look', () => {
    const steps = new ClockSteps();
    steps.look();
    expect(() => steps.spanMs()).toThrow('fewer than two');
  });
});
