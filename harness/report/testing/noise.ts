/** A seeded stream of numbers in [0, 1) for fixtures (linear congruential, Numerical Recipes' constants). */
export function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
