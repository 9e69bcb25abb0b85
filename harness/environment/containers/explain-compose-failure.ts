/** Finds in what Compose or Testcontainers said which service failed and how. */
import type { ErrorCode } from '../../model/errors.ts';

export interface ComposeFailure {
  code: ErrorCode;
  summary: string;
  /** Whose log tells more; null: it never got as far as a log. */
  service: string | null;
}

interface Pattern {
  /** First group: the container or the service. */
  matches: RegExp;
  code: ErrorCode;
  hasLog: boolean;
  summary: (service: string, said: string) => string;
}

const lastLines = (said: string): string => said.trim().split('\n').slice(-4).join('\n  ');

/** In the words of Compose 2 and of the Docker engine. */
const patterns: Pattern[] = [
  {
    matches: /port is already allocated|address already in use|ports are not available/i,
    code: 'PORT_TAKEN',
    hasLog: false,
    summary: (_, said) => `a port of the containers is taken: ${lastLines(said)}`,
  },
  {
    matches: /pull access denied|manifest unknown|no such image|failed to resolve reference|no such host|i\/o timeout/i,
    code: 'IMAGE_MISSING',
    hasLog: false,
    summary: (_, said) => `an image is not on this engine and cannot be pulled: ${lastLines(said)}`,
  },
  {
    matches: /container (\S+) is unhealthy/,
    code: 'SERVER_NOT_READY',
    hasLog: true,
    summary: (service) => `the health check of ${service} never became green`,
  },
  {
    matches: /service "([^"]+)" didn't complete successfully: (exit \d+)/,
    code: 'SERVER_NOT_READY',
    hasLog: true,
    summary: (service, said) => `${service} ended with ${/didn't complete successfully: (exit \d+)/.exec(said)?.[1]}`,
  },
  {
    matches: /container (\S+) exited \((\d+)\)|Container (\S+) exited/i,
    code: 'SERVER_NOT_READY',
    hasLog: true,
    summary: (service, said) => `${service} ended by itself: ${lastLines(said)}`,
  },
];

export function explainComposeFailure(said: string, project: string): ComposeFailure {
  for (const { matches, code, hasLog, summary } of patterns) {
    const match = matches.exec(said);
    if (match === null) continue;
    const service = serviceOf(match.slice(1).find((group) => group !== undefined) ?? '', project);
    return { code, summary: summary(service, said), service: hasLog ? service : null };
  }
  return {
    code: 'SERVER_NOT_READY',
    summary: `the containers could not be started: ${lastLines(said)}`,
    service: null,
  };
}

/** `PROJECT-SERVICE-1` is a container's name. */
const serviceOf = (name: string, project: string): string => name.replace(`${project}-`, '').replace(/-\d+$/, '');
