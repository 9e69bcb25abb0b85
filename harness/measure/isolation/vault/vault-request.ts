/** Requests to Vault whose path goes out as it is written: a client that tidies paths up would hide what is tried with them. */
import http from 'node:http';
import https from 'node:https';

const timeoutMs = 10_000;
/** Requests of one suite go out in turn, but for a few that wait for a token to end. */
const connections = 4;

export interface VaultRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'LIST';
  /** Below /v1/. */
  path: string;
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface VaultAnswer {
  /** 0 when none came. */
  status: number;
  body: string;
}

export interface VaultConnection {
  /** Never rejects: no answer is an answer of status 0 whose body says why. */
  ask(request: VaultRequest): Promise<VaultAnswer>;
  /** The parsed body; rejects on anything but a success. */
  expect(request: VaultRequest): Promise<unknown>;
  close(): void;
}

export function connectVault(address: string, signal: AbortSignal): VaultConnection {
  const { protocol, hostname, port } = new URL(address);
  const { Agent, request: send } = protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });

  function ask({ method, path, token, body, headers }: VaultRequest): Promise<VaultAnswer> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const options = {
      ...{ agent, hostname, port, method, signal, path: `/v1/${path}`, timeout: timeoutMs },
      headers: {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(text)),
        ...(token === undefined ? {} : { 'x-vault-token': token }),
        ...headers,
      },
    };
    return new Promise((resolve) => {
      const request = send(options, (response) => {
        let received = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: received }));
        response.on('error', (error) => resolve({ status: 0, body: error.message }));
      });
      request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)));
      request.on('error', (error) => resolve({ status: 0, body: error.message }));
      request.end(text);
    });
  }

  async function expect(request: VaultRequest): Promise<unknown> {
    const { status, body } = await ask(request);
    if (status < 200 || status > 299) {
      // Of an error Vault says why, and nothing secret.
      throw new Error(`Vault answered ${request.method} ${request.path} with ${status}: ${body.slice(0, 200)}`);
    }
    return body === '' ? null : JSON.parse(body);
  }

  return { ask, expect, close: () => agent.destroy() };
}
