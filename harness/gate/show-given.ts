/** A value from a file as a message quotes it. */
const longestShown = 60;

export function showGiven(value: unknown): string {
  // JSON has no word for NaN and Infinity, which a caller in the program may still hand over.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
