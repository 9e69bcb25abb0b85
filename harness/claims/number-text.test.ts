/** How numbers read in sentences. */
import { expect, it } from 'vitest';
import { confidenceText, numberText, roughText } from './number-text.ts';

it.each([
  [0, '0'],
  [1.0946, '1.09'],
  [0.04321, '0.0432'],
  [41.27, '41.3'],
  [135.4, '135'],
  [1941.3466, '1,941'],
  [12_345_678.9, '12,345,679'],
])('%d reads %s', (value, text) => {
  expect(numberText(value)).toBe(text);
});

it.each([
  [0.2, '1'],
  [7.1, '8'],
  [51.2, '52'],
  [4_961, '5,000'],
  [123_456, '130,000'],
])('an estimate of %d reads %s', (value, text) => {
  expect(roughText(value)).toBe(text);
});

it.each([
  [0.95, '95'],
  [1 - 0.05 / 3, '98.3'],
  [0.99, '99'],
  [1 - 0.05 / 48, '99.9'],
  [1 - 0.05 / 120, '99.958'],
])('a confidence of %d reads %s', (confidence, text) => {
  expect(confidenceText(confidence)).toBe(text);
});
