import { afterEach, describe, expect, it } from 'vitest';
import { countHeapAllocation, type HeapAllocation } from './heap-allocation.ts';

const MEBIBYTE = 1024 * 1024;
let allocation: HeapAllocation;

afterEach(() => allocation.stop());

/** Each array is garbage when the next one is made; eight bytes an element. */
function allocateMebibytes(count: number): number {
  let kept: number[] = [];
  for (let made = 0; made < count; made += 1) {
    kept = new Array<number>(MEBIBYTE / 8);
    kept[0] = made;
  }
  return kept.length;
}

describe('countHeapAllocation', () => {
  it('counts what was collected since, too', () => {
    allocation = countHeapAllocation();
    allocateMebibytes(200);
    const taken = allocation.takeBytes() / MEBIBYTE;
    expect(taken).toBeGreaterThan(199);
    expect(taken).toBeLessThan(210);
  });

  it('counts small objects, of which most die young', () => {
    allocation = countHeapAllocation();
    let last = { value: 0, next: 0 };
    // An object of two fields takes five words: map, properties, elements, and the two.
    for (let value = 0; value < 1_000_000; value += 1) last = { value: value + 0.5, next: last.next };
    expect(last.value).toBe(999_999.5);
    expect(allocation.takeBytes()).toBeGreaterThan(1_000_000 * 5 * 8 * 0.9);
  });

  it('begins anew each time it is asked, and does not count itself', () => {
    allocation = countHeapAllocation();
    allocateMebibytes(50);
    allocation.takeBytes();
    for (let asked = 0; asked < 20; asked += 1) expect(allocation.takeBytes()).toBeLessThan(MEBIBYTE);
  });
});
