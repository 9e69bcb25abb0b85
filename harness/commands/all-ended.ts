/** Waits for all of several, also where one fails, and then throws what that threw: none is to go on while everything is stopped. */
export async function allEnded(running: readonly Promise<void>[]): Promise<void> {
  for (const ended of await Promise.allSettled(running)) if (ended.status === 'rejected') throw ended.reason;
}
