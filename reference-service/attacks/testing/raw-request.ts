/** Requests that no well-behaved client would send: paths as they are, and bytes that are no HTTP at all. */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { serviceUrl } from '../../testing/api-client.ts';

const silenceMs = 10_000;

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

interface RawOptions {
  url?: string;
  headers?: Record<string, string | string[]>;
  body?: string;
  /** Loopback addresses are many: each is another client to the service. */
  from?: string;
  /** Trusted certificate of the service's own. */
  ca?: string;
}

/** Sends the path exactly as given; fetch would tidy it up first. */
export function requestRaw(method: string, path: string, options: RawOptions = {}): Promise<RawAnswer> {
  const { hostname, port, protocol } = new URL(options.url ?? serviceUrl());
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send({
      method,
      path,
      hostname,
      port,
      agent: false,
      headers: options.headers ?? {},
      ...(options.from === undefined ? {} : { localAddress: options.from }),
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.end(options.body);
  });
}

/** Writes the bytes to a new connection and resolves with all that came back until the service closed it. */
export function sendBytes(bytes: string, url = serviceUrl()): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(Buffer.from(bytes, 'latin1')));
    socket.setTimeout(silenceMs, () => socket.destroy(new Error(`the connection stays open after: ${answer}`)));
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    // A reset while the rest was still being written: what was said before it counts.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve(answer);
      else reject(error);
    });
    socket.on('close', () => resolve(answer));
  });
}

/** The statuses of the answers in what came over one connection, in order. */
export function statusesIn(answers: string): number[] {
  return [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
