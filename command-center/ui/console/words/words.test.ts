import { keysOf, type Catalogue } from '@sightline/look';
import { expect, test } from 'vitest';
import { bo } from './bo.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

function textAt(catalogue: Catalogue, key: string): string {
  let found: string | Catalogue | undefined = catalogue;
  for (const part of key.split('.')) {
    found = typeof found === 'object' ? found[part] : undefined;
  }
  return typeof found === 'string' ? found : '';
}

const blanks = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).toSorted();

test('every sentence of the console fills the same blanks in all three languages', () => {
  for (const key of keysOf(zh)) {
    const chinese = textAt(zh, key);
    for (const other of [bo, en]) {
      expect([key, textAt(other, key).length > 0]).toEqual([key, true]);
      expect([key, blanks(textAt(other, key))]).toEqual([key, blanks(chinese)]);
    }
  }
});
