/** Numbers as a printed report writes them: three significant digits, grouped thousands, the same on every machine. */

/** U+202F, a narrow space that does not break: between a number and its unit. */
export const thinSpace = '\u202f';

/** U+00A0, a space that does not break: between a comparison and its number. */
export const fixedSpace = '\u00a0';

/** What stands where there is no number. */
export const noValue = '–';

const significantDigits = 3;

/** Decimals that show a number with three significant digits; whole numbers are never rounded to tens. */
export function decimalsFor(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  return Math.min(6, Math.max(0, significantDigits - 1 - magnitude));
}

/** A number with a fixed count of decimals (three significant digits when none is given): 1234.5 → "1,235". What rounds to nothing has no sign. */
export function formatNumber(value: number | null, decimals?: number): string {
  if (value === null || !Number.isFinite(value)) return noValue;
  const digits = decimals ?? decimalsFor(value);
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'negative' } as const;
  return new Intl.NumberFormat('en-US', options).format(value).replace(/^-/, '−');
}

/** A limit or another number that a person chose: as short as it is exact, 500 → "500", 1.25 → "1.25". */
export function formatExact(value: number): string {
  const options = { maximumFractionDigits: 6, signDisplay: 'negative' } as const;
  return new Intl.NumberFormat('en-US', options).format(value).replace(/^-/, '−');
}

/** A count: 3012 → "3,012". */
export function formatCount(value: number): string {
  return formatNumber(value, 0);
}

/** A share 0…1 in per cent: 0.0731 → "7.3 %"; a share that is not zero never reads as zero. */
export function formatShare(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return noValue;
  if (share > 0 && share < 0.0005) return `<${thinSpace}0.1${thinSpace}%`;
  return `${formatNumber(share * 100, share === 0 ? 0 : 1)}${thinSpace}%`;
}

/** A noun with its count: 1, "guard" → "1 guard"; 3 → "3 guards". */
export function formatPlural(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** A CPU limit, which may be part of a core: 1 → "1 core", 1.5 → "1.5 cores". */
export function formatCores(cores: number): string {
  return `${formatExact(cores)}${fixedSpace}${cores === 1 ? 'core' : 'cores'}`;
}
