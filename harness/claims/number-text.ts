/** Numbers as a sentence has them: three significant digits, whole from a hundred on, thousands apart. */

const significantDigits = 3;

export function numberText(value: number): string {
  const options =
    Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: significantDigits };
  return value.toLocaleString('en-US', { ...options, signDisplay: 'negative' });
}

/** An estimate of effort: rounded up to two significant digits, because more would be pretence. */
export function roughText(value: number): string {
  const magnitude = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return (Math.ceil(value / magnitude) * magnitude).toLocaleString('en-US');
}

/** A confidence in percent, with as many digits as its distance from 100 needs: 95, 98.3, 99.958. */
export function confidenceText(confidence: number): string {
  const errorPercent = 100 * (1 - confidence);
  const digits = Math.max(0, 1 - Math.floor(Math.log10(errorPercent) + 1e-9));
  return String(Number((100 * confidence).toFixed(digits)));
}
