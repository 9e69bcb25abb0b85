/** Unit tests of the log's redaction. */
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createRedactingLogger } from './logger.ts';

describe('the log', () => {
  it('replaces secrets, whoever logs them', () => {
    const lines: string[] = [];
    const out = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString('utf8'));
        done();
      },
    });
    const log = createRedactingLogger('info', out);
    log.info({ password: 'hunter2', body: { password: 'hunter2', apiSecret: 'hunter2' } }, 'careless');
    log.info({ req: { headers: { cookie: 'hunter2' } }, res: { headers: { 'set-cookie': 'hunter2' } } }, 'careless');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('hunter2');
    expect(lines.join('')).toContain('[redacted]');
  });
});
