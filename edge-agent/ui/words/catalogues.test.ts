import { keysOf } from '@sightline/look';
import { expect, test } from 'vitest';
import { bo } from './bo.ts';
import { consentText } from './consent-text.ts';
import { en } from './en.ts';
import { withdrawText, withdrawWithoutPinText } from './withdraw-text.ts';
import { zh } from './zh.ts';

/** The values a text is filled with: `{{since}}`. */
function blanksOf(catalogue: object, key: string): string[] {
  const text = key.split('.').reduce<unknown>((at, part) => Object(at)[part], catalogue);
  return [...String(text).matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted();
}

test.each([
  ['bo', bo],
  ['en', en],
])('%s says everything that zh says, with the same values', (_language, catalogue) => {
  expect(keysOf(catalogue)).toEqual(keysOf(zh));
  for (const key of keysOf(zh))
    expect([key, blanksOf(catalogue, key)]).toEqual([key, blanksOf(zh, key)]);
});

test.each([
  ['consent', consentText],
  ['withdrawal', withdrawText],
  ['withdrawal without a PIN', withdrawWithoutPinText],
])('the text of %s has the same paragraphs in each language', (_name, text) => {
  const lengths = Object.values(text).map((paragraphs) => paragraphs.length);
  expect(new Set(lengths).size).toBe(1);
});
