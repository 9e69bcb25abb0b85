/** Asks a server of the system under test for a document, with a time limit and an error that shows the answer. */

/** The servers are on this machine or beside it: one that takes this long is not answering. */
const TIMEOUT_MS = 5_000;

export interface HttpAnswer {
  status: number;
  body: string;
}

/** Any status is an answer; rejects when none came, naming the address. */
export async function httpGet(url: string, headers: Record<string, string> = {}): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw new Error(`no answer from ${url} (${error instanceof Error ? error.message : String(error)}${cause})`, {
      cause: error,
    });
  }
}

/** A success with JSON, or an error that quotes what came instead. */
export async function httpGetJson(url: string, headers: Record<string, string> = {}): Promise<unknown> {
  const { status, body } = await httpGet(url, headers);
  if (status < 200 || status > 299) throw new Error(`${url} answered ${status}: ${body.slice(0, 200)}`);
  return JSON.parse(body) as unknown;
}
