import { describe, expect, it } from 'vitest';
import { lineSplitter } from './line-splitter.ts';

function linesOf(chunks: string[]): string[] {
  const lines: string[] = [];
  const add = lineSplitter((line) => lines.push(line));
  chunks.forEach(add);
  return lines;
}

describe('lineSplitter', () => {
  it('gives the same lines wherever the chunks are cut', () => {
    const text = 'first\nsecond\n\nfourth\n';
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(linesOf([text.slice(0, cut), text.slice(cut)])).toEqual(['first', 'second', '', 'fourth']);
    }
  });

  it('does not give a last line that was cut off', () => {
    expect(linesOf(['whole\nhttp_req_duration,17'])).toEqual(['whole']);
  });
});
