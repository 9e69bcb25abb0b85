/** Reads the certificate and its key, and sees that they belong together before anything listens with them. */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { configurationPrefix, type Configuration } from './configuration.ts';

const certificateVariable = 'TLS_CERT_FILE';
const keyVariable = 'TLS_KEY_FILE';

/** null without TLS, and where there is a problem, which is added to `problems`. */
export function readTls(given: Record<string, string | undefined>, problems: string[]): Configuration['tls'] {
  const files = [certificateVariable, keyVariable].map((name) => ({ name, path: given[name] ?? '' }));
  const [missing, both] = files.filter(({ path }) => path === '');
  if (both !== undefined) return null;
  if (missing !== undefined) {
    problems.push(`${configurationPrefix}${missing.name}: not set; TLS needs the certificate and its key`);
    return null;
  }
  if (given['COOKIE_SECURE'] === 'false') {
    problems.push(`${configurationPrefix}COOKIE_SECURE: "false"; expected true, or not set, with TLS`);
  }
  const [cert, key] = files.map(({ name, path }) => readPem(name, path, problems));
  if (cert === undefined || key === undefined || cert === '' || key === '') return null;
  try {
    createSecureContext({ cert, key });
    return { cert, key };
  } catch (error) {
    // What OpenSSL says names neither the file nor anything of the key.
    const reason = error instanceof Error ? error.message : String(error);
    problems.push(
      `${configurationPrefix}${certificateVariable}, ${keyVariable}: not a certificate and its key: ${reason}`,
    );
    return null;
  }
}

function readPem(name: string, path: string, problems: string[]): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    problems.push(`${configurationPrefix}${name}: ${error instanceof Error ? error.message : String(error)}`);
    return '';
  }
}
