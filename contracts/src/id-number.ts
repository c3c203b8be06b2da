import { refuse, type Refusal } from './refusal.ts';

/** 公民身份号码 (GB 11643-1999): what an 18-character number says by itself. */
export interface IdNumber {
  /** 17 digits and the check character, `X` in upper case. */
  readonly text: string;
  /** ISO date, such as 1985-03-08. */
  readonly bornOn: string;
  readonly sex: 'female' | 'male';
}

const digits = 17;
/** GB 11643-1999, 4.2: weight of the nth character is 2^(18 − n) mod 11. */
const weights = Array.from({ length: digits }, (_, index) => 2 ** (digits - index) % 11);
/** By the remainder of the weighted sum (ISO 7064, MOD 11-2). */
const checkCharacters = '10X98765432';
/** Nobody alive is older. */
const oldestYears = 125;

/** The 18th character that belongs to the first 17 digits. Throws where these are no 17 digits. */
export function idNumberCheck(first: string): string {
  if (!/^[0-9]{17}$/.test(first)) throw new Error('17 digits are expected before the check.');
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first[index]), 0);
  return checkCharacters.charAt(sum % 11);
}

/**
 * Reads an id number; `today` is the day it is read. Refuses `id-number-old` (15 digits, before 1999),
 * `id-number-form`, `id-number-birth-date` and `id-number-checksum`. The refusal never repeats it.
 */
export function parseIdNumber(text: string, today: Temporal.PlainDate): IdNumber | Refusal {
  const number = text.trim().toUpperCase();
  if (/^[0-9]{15}$/.test(number)) {
    return refuse('id-number-old', 'This is a 15-digit number of before 1999; take the new one.');
  }
  if (!/^[0-9]{17}[0-9X]$/.test(number)) {
    return refuse('id-number-form', 'An id number has 17 digits and a digit or X.');
  }
  const bornOn = birthDate(number, today);
  if (bornOn === null) {
    return refuse('id-number-birth-date', 'Characters 7 to 14 are no possible day of birth.');
  }
  if (idNumberCheck(number.slice(0, digits)) !== number.charAt(digits)) {
    return refuse('id-number-checksum', 'The last character does not fit: one was mistyped.');
  }
  // The 17th digit is odd for men.
  return { text: number, bornOn, sex: Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female' };
}

function birthDate(number: string, today: Temporal.PlainDate): string | null {
  const day = parsePlainDate(
    `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
  );
  if (day === null || Temporal.PlainDate.compare(day, today) > 0) return null;
  return day.until(today, { largestUnit: 'years' }).years > oldestYears ? null : day.toString();
}

/** The day of a text such as 2001-02-03; null where there is no such day. */
export function parsePlainDate(text: string): Temporal.PlainDate | null {
  const [, year, month, day] = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  try {
    const parts = { year: Number(year), month: Number(month), day: Number(day) };
    return Temporal.PlainDate.from(parts, { overflow: 'reject' });
  } catch {
    return null; // 2001-02-30 and the like.
  }
}
