/** A counter that only grows, read now and then: what it grew by, also where it was set back to nothing meanwhile. */

export class Counter {
  #last: number | null = null;
  #grown = 0;

  /** A group that was made anew (its container was started anew) counts from nothing. */
  add(reading: number): void {
    if (this.#last !== null) this.#grown += reading >= this.#last ? reading - this.#last : reading;
    this.#last = reading;
  }

  /** Since the first reading. */
  get grown(): number {
    return this.#grown;
  }
}
