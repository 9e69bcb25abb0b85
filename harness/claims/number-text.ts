/** Numbers as a sentence has them: three significant digits, thousands apart. */

export function numberText(value: number): string {
  return value.toLocaleString('en-US', {
    maximumSignificantDigits: Math.abs(value) >= 1000 ? 21 : 3,
    maximumFractionDigits: 3,
  });
}

/** An estimate of effort: rounded up to two significant digits, because more would be pretence. */
export function roughText(value: number): string {
  const magnitude = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return (Math.ceil(value / magnitude) * magnitude).toLocaleString('en-US');
}
