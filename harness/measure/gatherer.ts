/** What every gatherer does around and during the measured window, and how its failure becomes data. */
import { type Artefact, gathered, notGathered } from '../model/artefact.ts';
import { asSignoffError } from '../model/errors.ts';

/** The moments of a block, in this order; `everySecond` only between the start and the end of the window. */
export interface Gatherer<T> {
  /** Before k6 starts: connects, reads what must not change. */
  open?: () => Promise<void>;
  /** The warm-up has ended. */
  windowStarts?: () => Promise<void>;
  everySecond?: () => Promise<void>;
  windowEnds?: () => Promise<void>;
  /** After k6 has ended: reads again what must not have changed, and gives the value. */
  read: () => Promise<T>;
  /** Lets go of everything; on every path. */
  close?: () => Promise<void> | void;
}

export type Moment = 'open' | 'windowStarts' | 'everySecond' | 'windowEnds';

/** The platforms where a gatherer can see what it needs; elsewhere its artefact says so. */
export class NotSupported extends Error {}

/** A gatherer whose first error is kept: after it nothing more is asked, and the artefact carries the reason. */
export class Watch<T> {
  readonly name: string;
  readonly #gatherer: Gatherer<T>;
  #failure: unknown = null;
  #windowEnded = false;
  #busy = false;
  #current: Promise<void> = Promise.resolve();

  constructor(name: string, gatherer: Gatherer<T>) {
    this.name = name;
    this.#gatherer = gatherer;
  }

  /** Never rejects, and takes one step at a time: a look that is due while another step is under way is left out. */
  async at(moment: Moment): Promise<void> {
    if (moment === 'everySecond' && this.#busy) return;
    this.#current = this.#current.then(() => this.#take(moment));
    await this.#current;
  }

  async #take(moment: Moment): Promise<void> {
    const step = this.#gatherer[moment];
    if (step === undefined || this.#failure !== null) return;
    this.#busy = true;
    try {
      await step();
      if (moment === 'windowEnds') this.#windowEnded = true;
    } catch (error) {
      this.#failure = error ?? new Error(`${this.name}: rejected without a reason`);
    } finally {
      this.#busy = false;
    }
  }

  /** The artefact; an error where any step failed, or where the window never ended. */
  async finish(): Promise<Artefact<T>> {
    try {
      if (this.#failure !== null) return this.#failed(this.#failure);
      if (this.#gatherer.windowEnds !== undefined && !this.#windowEnded) {
        return notGathered('NO_WINDOW', `${this.name}: the load never reached its measured window`);
      }
      return gathered(await this.#gatherer.read());
    } catch (error) {
      return this.#failed(error);
    } finally {
      await this.#gatherer.close?.();
    }
  }

  #failed(error: unknown): Artefact<T> {
    const code = error instanceof NotSupported ? 'NOT_SUPPORTED' : `${this.name.toUpperCase()}_NOT_GATHERED`;
    return notGathered(code, `${this.name}: ${asSignoffError(error).message}`);
  }
}
