/** A server that does not answer or refuses what was asked of it: which one, and what it said. */
import { ConfigurationError } from '../configuration/read-configuration.ts';

export class ServerRefusal extends Error {
  constructor(server: string, cause: unknown) {
    super(`${server}: ${describeError(cause)}`, { cause });
    this.name = 'ServerRefusal';
  }
}

/** Runs what needs a server; whatever it throws then names that server. What is wrong on our side stays as it is. */
export async function talkingTo<T>(server: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof ServerRefusal || error instanceof ConfigurationError) throw error;
    throw new ServerRefusal(server, error);
  }
}

/** One line with all causes; a connection that is refused on several addresses has an empty message of its own in Node. */
export function describeError(thrown: unknown): string {
  if (thrown instanceof AggregateError) return thrown.errors.map(describeError).join(', ');
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause === undefined ? '' : ` (${describeError(thrown.cause)})`;
  return `${thrown.message || thrown.name}${cause}`;
}
