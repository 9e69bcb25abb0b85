/** Attacks by requests whose end two servers would see in different places (CWE-444, RFC 9112): the shapes, byte for byte. */
import { expect } from 'vitest';
import { as, mine } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { sendBytes, statusesIn } from './testing/raw-request.ts';

const attack = attacksOf('A04');

/** What an attacker hides behind the first request, for the next one's sender to get the answer of. */
const hidden = 'GET /healthz HTTP/1.1\r\nHost: hidden\r\nX-Request-Id: smuggled-0001\r\n\r\n';

const post = (headers: string[], body: string): string =>
  ['POST /api/v1/auth/login HTTP/1.1', 'Host: x', 'Content-Type: application/json', ...headers, '', body].join('\r\n');

/** The same shape as a request should have: read whole, answered once, and what follows it as well. */
async function wellFormedIsAnswered(): Promise<void> {
  const chunked = post(['Transfer-Encoding: chunked'], '2\r\n{}\r\n0\r\n\r\n');
  const counted = post(['Content-Length: 2', 'Connection: close'], '{}');
  expect(statusesIn(await sendBytes(chunked + counted))).toEqual([400, 400]);
  const last = hidden.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n');
  const both = await sendBytes(post(['Content-Length: 2'], '{}') + last);
  expect(statusesIn(both)).toEqual([400, 200]);
  expect(both).toContain('smuggled-0001');
}

/** Refused, the connection closed, and nothing of what was hidden answered. */
async function expectCutOff(bytes: string): Promise<void> {
  const answer = await sendBytes(bytes);
  expect(statusesIn(answer), JSON.stringify(bytes)).toEqual([400]);
  expect(answer).toMatch(/connection: close/i);
  expect(answer).toContain('"MALFORMED_REQUEST"');
  expect(answer).toMatch(/cache-control: no-store/i);
  expect(answer).not.toContain('smuggled-0001');
}

attack('a length and chunks in one request', {
  control: wellFormedIsAnswered,
  async attack() {
    await expectCutOff(post(['Content-Length: 6', 'Transfer-Encoding: chunked'], `0\r\n\r\nG${hidden}`));
    await expectCutOff(post(['Transfer-Encoding: chunked', 'Content-Length: 6'], `0\r\n\r\nG${hidden}`));
    await expectCutOff(post([`Content-Length: ${hidden.length}`, 'Transfer-Encoding: chunked'], `0\r\n\r\n${hidden}`));
  },
});

attack('two lengths', {
  control: wellFormedIsAnswered,
  async attack() {
    await expectCutOff(post(['Content-Length: 2', 'Content-Length: 100'], `{}${hidden}`));
    await expectCutOff(post(['Content-Length: 2, 100'], `{}${hidden}`));
    await expectCutOff(post(['Content-Length: 2', 'Content-Length: 2'], `{}${hidden}`));
  },
});

attack('a length that is no number', {
  control: wellFormedIsAnswered,
  async attack() {
    for (const length of ['+2', '-2', '0x2', '2;', '2 2', '1e1', '٢', '99999999999999999999']) {
      await expectCutOff(post([`Content-Length: ${length}`], `{}${hidden}`));
    }
  },
});

attack('chunks under a name that one of two servers overlooks', {
  control: wellFormedIsAnswered,
  async attack() {
    const names = [
      'Transfer-Encoding : chunked',
      ' Transfer-Encoding: chunked',
      'Transfer-Encoding\t: chunked',
      'X: y\nTransfer-Encoding: chunked',
    ];
    for (const name of names) {
      await expectCutOff(post(['Content-Length: 6', name], `0\r\n\r\nG${hidden}`));
    }
    for (const coding of ['xchunked', 'chunked, identity', 'chunked x', 'identity']) {
      await expectCutOff(post(['Content-Length: 6', `Transfer-Encoding: ${coding}`], `0\r\n\r\nG${hidden}`));
    }
  },
});

attack('a transfer coding that the service does not know', {
  control: wellFormedIsAnswered,
  async attack() {
    for (const coding of ['xchunked', 'chunked, gzip', 'chunked, chunkedx', '"chunked"']) {
      const answer = await sendBytes(post([`Transfer-Encoding: ${coding}`, 'Connection: close'], `0\r\n\r\n${hidden}`));
      expect(statusesIn(answer), coding).toEqual([400]);
      expect(answer).not.toContain('smuggled-0001');
    }
  },
});

attack('chunks of a size that is none, or that does not end', {
  control: wellFormedIsAnswered,
  async attack() {
    for (const chunks of [
      '0x2\r\n{}\r\n0\r\n\r\n',
      '-2\r\n{}\r\n0\r\n\r\n',
      '2\n{}\n0\n\n',
      '2\r\n{}0\r\n\r\n',
      'ffffffffffffffffff\r\n',
    ]) {
      const answer = await sendBytes(post(['Transfer-Encoding: chunked'], `${chunks}${hidden}`));
      expect(statusesIn(answer), JSON.stringify(chunks)).toEqual([400]);
      expect(answer).not.toContain('smuggled-0001');
    }
  },
});

attack('extensions of chunks without end', {
  control: wellFormedIsAnswered,
  async attack() {
    const answer = await sendBytes(
      post(['Transfer-Encoding: chunked'], `2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n${hidden}`),
    );
    expect(statusesIn(answer)).toEqual([413]);
    expect(answer).not.toContain('smuggled-0001');
  },
});

attack('a header name with a space, or a line folded into the next', {
  control: wellFormedIsAnswered,
  async attack() {
    for (const header of [
      'Content-Length : 2',
      'X Y: z',
      'X-A: b\r\n folded: c',
      'X-\u0000: a',
      'X-A: b\u0000c',
      ': empty',
    ]) {
      await expectCutOff(post(['Content-Length: 2', header], `{}${hidden}`));
    }
  },
});

attack('lines that end with half of a line end', {
  control: wellFormedIsAnswered,
  async attack() {
    await expectCutOff(`GET /healthz HTTP/1.1\nHost: x\n\n${hidden}`);
    await expectCutOff(`GET /healthz HTTP/1.1\r\nHost: x\nX-A: b\r\n\r\n${hidden}`);
    await expectCutOff(`GET /healthz HTTP/1.1\r\nHost: x\rX-A: b\r\n\r\n${hidden}`);
  },
});

attack('a request line that is none', {
  control: wellFormedIsAnswered,
  async attack() {
    for (const line of [
      'GET /healthz HTTP/1.1 x',
      'GET /heal thz HTTP/1.1',
      'get /healthz HTTP/1.1',
      'GET /healthz HTTP/9.9',
    ]) {
      await expectCutOff(`${line}\r\nHost: x\r\n\r\n${hidden}`);
    }
    await expectCutOff(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`);
    const withoutHost = await sendBytes(`GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n`);
    expect(statusesIn(withoutHost)).toEqual([400]);
  },
});

attack('a request hidden in the body of a read', {
  async control() {
    const answer = await sendBytes(`GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(statusesIn(answer)).toEqual([200]);
  },
  async attack() {
    const cookie = await as(mine, 'viewer');
    const head = [
      'GET /api/v1/trades?limit=1 HTTP/1.1',
      'Host: x',
      `Cookie: ${cookie}`,
      `Content-Length: ${hidden.length}`,
    ];
    const last = 'GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const answer = await sendBytes(`${head.join('\r\n')}\r\n\r\n${hidden}${last}`);
    expect(statusesIn(answer)).toEqual([200, 404]);
    expect(answer).not.toContain('smuggled-0001');
  },
});

attack('another protocol asked for in the middle of one', {
  control: wellFormedIsAnswered,
  async attack() {
    for (const protocol of ['h2c', 'websocket', 'TLS/1.3']) {
      const head = [
        'GET /healthz HTTP/1.1',
        'Host: x',
        `Upgrade: ${protocol}`,
        'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA',
      ];
      const answer = await sendBytes(`${head.join('\r\n')}\r\nConnection: upgrade, close\r\n\r\n`);
      expect(statusesIn(answer), protocol).toEqual([200]);
    }
    expect(await sendBytes('CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n\r\n'), 'closed without a word').toBe('');
  },
});
