/** A few ids of a table, evenly spread over its rows, for probes that ask for rows that exist. */

const SAMPLE_SIZE = 8;

export class SampleIds {
  readonly list: string[] = [];
  readonly #stride: number;
  #offered = 0;

  constructor(expectedRows: number) {
    this.#stride = Math.max(1, Math.floor(expectedRows / SAMPLE_SIZE));
  }

  offer(id: string): void {
    if (this.#offered % this.#stride === 0 && this.list.length < SAMPLE_SIZE) this.list.push(id);
    this.#offered += 1;
  }
}
