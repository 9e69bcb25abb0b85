/** The known name that a mistyped one was most likely meant to be. */

/** Null where none is near: more than a third of the letters would have to change. */
export function closestName(given: string, known: readonly string[]): string | null {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best === undefined || best.distance > Math.max(given.length, best.name.length) / 3) return null;
  return best.name;
}

/** Known names of words that a name of another list is of, those that share most of them first; `most` of them at most. */
export function nearestNames(given: string, known: readonly string[], most: number): string[] {
  const words = given.toLowerCase().split('-');
  const isAlike = (word: string, other: string): boolean =>
    editDistance(word, other) * 3 <= Math.max(word.length, other.length);
  return known
    .map((name) => {
      const shared = name.split('-').filter((word) => words.some((other) => isAlike(word, other))).length;
      return { name, shared, distance: editDistance(given.toLowerCase(), name) };
    })
    .filter(({ shared, name }) => shared > 0 || closestName(given, [name]) !== null)
    .sort((a, b) => b.shared - a.shared || a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Levenshtein 1966: the fewest insertions, deletions and replacements that make one text the other. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
