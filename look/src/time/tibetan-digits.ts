const zeroCode = 0x0f20;

/** A whole number, zero or more, in Tibetan digits: 12 → ༡༢. */
export function inTibetanDigits(value: number): string {
  return String(value).replace(/\d/gu, (digit) => String.fromCodePoint(zeroCode + Number(digit)));
}
