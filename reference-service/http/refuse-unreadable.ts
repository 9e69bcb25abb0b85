/** Answers what never becomes a request to a route: an address or a message that cannot be read. Same body, same headers. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyBaseLogger } from 'fastify';
import { ApiError, type ApiErrorCode, errorBody } from '../errors/api-error.ts';
import type { SecurityHeaders } from './security-headers.ts';

/** What Node's HTTP server and its parser say, where the answer is not simply 400 (Node documentation, 'clientError'). */
const knownCauses: Readonly<Record<string, ApiErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'PAYLOAD_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

function answerTo(code: ApiErrorCode, security: SecurityHeaders): Answer {
  const error = new ApiError(code);
  const requestId = randomUUID();
  const body = JSON.stringify(errorBody(error, requestId));
  const headers = {
    ...security,
    'x-request-id': requestId,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    // What follows on this connection may be part of what could not be read.
    connection: 'close',
  };
  return { status: error.status, headers, body };
}

/** For the router: addresses that do not decode, parameters longer than any id. */
export function refuseAddress(security: SecurityHeaders, log: FastifyBaseLogger) {
  return (_path: string, request: IncomingMessage, response: ServerResponse): void => {
    const { status, headers, body } = answerTo('MALFORMED_REQUEST', security);
    log.info({ method: request.method, status, requestId: headers['x-request-id'] }, 'address refused');
    response.writeHead(status, headers).end(body);
  };
}

/** For the server: bytes that are no HTTP. The connection ends with the answer. */
export function refuseMessage(security: SecurityHeaders, log: FastifyBaseLogger) {
  return (error: ConnectionError, socket: Socket): void => {
    const status = writeRefusal(error, socket, security);
    if (error.code !== 'ECONNRESET') log.info({ cause: error.code, status }, 'message refused');
  };
}

/** null where nobody can be told: gone, no TLS, or an answer may be under way that this one would be taken for. */
function writeRefusal(error: ConnectionError, socket: Socket, security: SecurityHeaders): number | null {
  const isTransport = error.code === 'ECONNRESET' || error.code.startsWith('ERR_SSL');
  if (isTransport || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return null;
  }
  const { status, headers, body } = answerTo(knownCauses[error.code] ?? 'MALFORMED_REQUEST', security);
  const lines = Object.entries({ ...headers, date: new Date().toUTCString() }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines].join('\r\n');
  socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy());
  return status;
}
