/** What is done to a copy of the healthy run, and the words in which the program must name it. */
import type { RunFolder } from '../../store.ts';

export interface StoredDefect {
  what: string;
  /** Changes files of the folder. */
  break: (run: RunFolder) => Promise<void>;
  /** What the program must say. */
  names: RegExp;
  /** Whether the folder is sealed again afterwards, as by somebody who wants it to be believed; by default it is. */
  resealed?: false;
}
