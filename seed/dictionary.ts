/** Lists of names and words, made once per run by Faker; everything else is drawn from them by our own generator. */
import { faker } from '@faker-js/faker/locale/en';
import { createRandom } from './random/random.ts';

export interface Dictionary {
  people: string[];
  companies: string[];
  /** Lower-case letters only: fit for a slug. */
  words: string[];
  adjectives: string[];
  phrases: string[];
}

export function buildDictionary(seed: string): Dictionary {
  faker.seed(createRandom(seed, 'dictionary').uint32());
  return {
    people: list(500, () => `${faker.person.firstName()} ${faker.person.lastName()}`),
    companies: list(300, () => faker.company.name()),
    words: list(
      300,
      () =>
        faker.word
          .noun()
          .toLowerCase()
          .replace(/[^a-z]/g, '') || 'desk',
    ),
    adjectives: list(200, () => capitalised(faker.word.adjective())),
    phrases: list(200, () => faker.company.catchPhrase()),
  };
}

function list(length: number, make: () => string): string[] {
  return Array.from({ length }, make);
}

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
