/** JSON log lines on standard output; secrets never reach them. */
import { destination, pino, type DestinationStream, type Logger } from 'pino';

/** Paths whose values are replaced: what a careless log call could carry. */
const secretNames = [
  'password',
  'passwordHash',
  'token',
  'cookie',
  'authorization',
  'apiSecret',
  'apiKey',
  'accountNumber',
];
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`]);

const flushBytes = 8192;
const flushIntervalMs = 250;

export interface ServiceLog {
  log: Logger;
  flush(): void;
}

/** Lines are written in blocks: one system call a request would be a cost of its own. */
export function createLogger(level: string): ServiceLog {
  const out = destination({ dest: 1, minLength: flushBytes, sync: false });
  setInterval(() => out.flush(), flushIntervalMs).unref();
  const log = createRedactingLogger(level, out);
  return { log, flush: () => out.flushSync() };
}

export function createRedactingLogger(level: string, out: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service: 'alphapulse' },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...secretPaths, 'req.headers.cookie', 'res.headers["set-cookie"]'], censor: '[redacted]' },
    },
    out,
  );
}
