import { idNumberCheck } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { maskContact, maskIdNumber } from './register-mask.ts';

test('whoever knows birthday, sex and county beside the mask is left with some forty numbers', () => {
  const first = '54020019800501001';
  const masked = maskIdNumber(first + idNumberCheck(first));
  expect(masked).toMatch(/^5402\*{13}[0-9X]$/);
  // Odd for a man: what a page shows of him, and all he could be.
  const possible = Array.from({ length: 500 }, (_, index) => {
    const order = String(index * 2 + 1).padStart(3, '0');
    return `54020019800501${order}`;
  }).filter((digits) => idNumberCheck(digits) === masked.at(-1));
  expect(possible.length).toBeGreaterThan(40);
});

test('a telephone number is recognised by both ends, a short one by its end alone', () => {
  expect(maskContact('13812345678')).toBe('138******78');
  expect(maskContact('6321234')).toBe('*****34');
});
