/** What a verb of the command line is: its words, its flags, and the function that does it and returns the exit code. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { CommandContext } from './command-context.ts';

/** Flags as commander hands them over; each verb parses its own with a schema. */
export type Flags = Record<string, unknown>;

export interface Verb {
  name: string;
  /** Positional arguments in commander's notation, for instance '<run>'. */
  arguments?: string;
  summary: string;
  configure(command: Command): void;
  run(context: CommandContext, flags: Flags, positional: string[]): Promise<number>;
}

/** A whole number within bounds; what is not one ends with exit 64 before anything starts. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most.toLocaleString('en-US')} is needed.`);
  };
}

/** One of the given words. */
export function oneOf<T extends string>(words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((known) => known === text);
    if (word !== undefined) return word;
    throw new InvalidArgumentError(`Allowed: ${words.join(', ')}.`);
  };
}
