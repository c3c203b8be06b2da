import { expect, test } from 'vitest';
import { commonRegion } from './common-region.ts';

test('a meeting belongs to the smallest region that holds everybody it invites', () => {
  expect(commonRegion(['540235100201'])).toBe('540235100201');
  expect(commonRegion(['540235100201', '540235100202'])).toBe('540235100');
  expect(commonRegion(['540235100201', '540235200'])).toBe('540235');
  expect(commonRegion(['540235', '540235100201'])).toBe('540235');
  expect(commonRegion(['540235', '540221'])).toBe('5402');
  expect(commonRegion(['5402', '540221'])).toBe('5402');
});

test('no invitation has no region', () => {
  expect(commonRegion([])).toBe('');
});
