/** Whether a status says nothing about rights: a refusal for load, or a failure of the server. */
export function saysNothing(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}
