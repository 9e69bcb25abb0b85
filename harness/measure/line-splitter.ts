/** Cuts a stream of text into lines, keeping what is left of a line for the next chunk. */

/** Feeds whole lines to `onLine`. A last line without its newline is never given: a killed writer may have cut it. */
export function lineSplitter(onLine: (line: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}
