import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idNumberCheck, parseIdNumber } from './id-number.ts';
import { isRefusal } from './refusal.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const codeOf = (text: string) => {
  const read = parseIdNumber(text, today);
  return isRefusal(read) ? read.code : 'read';
};
const number = (first: string) => `${first}${idNumberCheck(first)}`;

test('the example of GB 11643 is read with its birth date and sex, its X in either case', () => {
  // GB 11643-1999, annex A.
  expect(parseIdNumber('11010519491231002x', today)).toEqual({
    text: '11010519491231002X',
    bornOn: '1949-12-31',
    sex: 'female',
  });
  expect(parseIdNumber('440524188001010014', Temporal.PlainDate.from('1999-07-01'))).toEqual({
    text: '440524188001010014',
    bornOn: '1880-01-01',
    sex: 'male',
  });
});

test('what is no number of today is refused by what is wrong with it', () => {
  expect(codeOf('110105491231002')).toBe('id-number-old');
  expect(codeOf('1101051949123100')).toBe('id-number-form');
  expect(codeOf('11010519491231002Y')).toBe('id-number-form');
  expect(codeOf('110105194912310021')).toBe('id-number-checksum');
  expect(codeOf(number('54020020010230001'))).toBe('id-number-birth-date');
  expect(codeOf(number('54020020261124001'))).toBe('id-number-birth-date');
  expect(codeOf(number('54020018010101001'))).toBe('id-number-birth-date');
});

const day = fc
  .integer({ min: 0, max: 45_000 })
  .map((days) => today.subtract({ days }).toString().replaceAll('-', ''));

test('of 5,000 right numbers each is read, and any one digit mistyped is noticed', () => {
  const sequence = fc.integer({ min: 0, max: 999 });
  const place = fc.integer({ min: 0, max: 16 });
  const step = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(day, sequence, place, step, (born, nth, at, by) => {
      const right = number(`540200${born}${String(nth).padStart(3, '0')}`);
      expect(codeOf(right)).toBe('read');
      const wrong = `${right.slice(0, at)}${(Number(right[at]) + by) % 10}${right.slice(at + 1)}`;
      expect(codeOf(wrong)).not.toBe('read');
    }),
    { seed: 11_643, numRuns: 5_000 },
  );
});
