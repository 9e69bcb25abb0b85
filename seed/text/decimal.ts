/** Exact decimal arithmetic on BigInt: quantities in ten-thousandths, prices in millionths, money in cents. No floats. */

/** Decimal places of numeric(18,4): quantities. */
const QUANTITY_SCALE = 4;
/** Decimal places of numeric(18,6): prices and fees. */
const PRICE_SCALE = 6;
/** quantity × price is exact with this many places. */
const VALUE_SCALE = QUANTITY_SCALE + PRICE_SCALE;
const CENTS_SCALE = 2;
const VALUE_PER_CENT = 10n ** BigInt(VALUE_SCALE - CENTS_SCALE);

/** dividend ÷ divisor, rounded half away from zero as Postgres rounds numeric; the divisor is positive. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const magnitude = (2n * absolute(dividend) + divisor) / (2n * divisor);
  return dividend < 0n ? -magnitude : magnitude;
}

/** The text of a fixed-point number, with exactly `scale` decimal places. */
export function formatDecimal(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${value < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

export function formatQuantity(quantity: bigint): string {
  return formatDecimal(quantity, QUANTITY_SCALE);
}

export function formatPrice(price: bigint): string {
  return formatDecimal(price, PRICE_SCALE);
}

export function formatCents(cents: bigint): string {
  return formatDecimal(cents, CENTS_SCALE);
}

/** A sum of quantity × price products in cents; the one place where such a sum is rounded. */
export function valueToCents(value: bigint): bigint {
  return divideRounded(value, VALUE_PER_CENT);
}

export function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
