/** Frames of the engine's log stream. */
import { describe, expect, it } from 'vitest';
import { joinFrames } from './log-source.ts';

function frame(stream: number, text: string): Buffer {
  const content = Buffer.from(text);
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(content.length, 4);
  return Buffer.concat([header, content]);
}

describe('joinFrames', () => {
  it('puts both streams together, across a letter that is cut in two', () => {
    const letter = Buffer.from('ü');
    const frames = Buffer.concat([frame(1, 'one\n'), frame(2, 'two\n'), frame(1, 'gr')]);
    const cut = [letter.subarray(0, 1), letter.subarray(1)].map((bytes) =>
      Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 1]), bytes]),
    );
    expect(joinFrames(Buffer.concat([frames, ...cut]))).toBe('one\ntwo\ngrü');
  });

  it('makes nothing of nothing', () => {
    expect(joinFrames(Buffer.alloc(0))).toBe('');
  });
});
