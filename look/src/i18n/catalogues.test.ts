import { expect, test } from 'vitest';
import { bo } from './bo.ts';
import { keysOf } from './catalogue.ts';
import { en } from './en.ts';
import { languageOf } from './language.ts';
import { startI18n } from './start-i18n.ts';
import { isVerified, verifiedTibetan } from './verified-tibetan.ts';
import { zh } from './zh.ts';

const page = { zh: { title: '值守' }, bo: { title: 'ལས་གཉེར།' }, en: { title: 'Duty watch' } };

test('every shared text exists in all three languages', () => {
  expect(keysOf(bo)).toEqual(keysOf(zh));
  expect(keysOf(en)).toEqual(keysOf(zh));
});

test('Tibetan texts are written in Tibetan, and placeholders are the same everywhere', () => {
  const placeholders = (text: string): readonly string[] => text.match(/\{\{\w+\}\}/gu) ?? [];
  const textAt = (catalogue: object, key: string): string =>
    key.split('.').reduce<unknown>((at, part) => Object(at)[part], catalogue) as string;
  for (const key of keysOf(zh)) {
    expect(placeholders(textAt(bo, key)), key).toEqual(placeholders(textAt(zh, key)));
    expect(placeholders(textAt(en, key)), key).toEqual(placeholders(textAt(zh, key)));
    expect(textAt(bo, key), key).not.toMatch(/[\u4e00-\u9fff]/u);
  }
});

test('a page finds its own texts first, then the shared ones, and switches at run time', async () => {
  const texts = startI18n('zh', page);
  expect(texts.t('title')).toBe('值守');
  expect(texts.t('status.online')).toBe('可联通');
  expect(texts.t('link.waiting', { count: 3 })).toBe('待发 3 条');
  await texts.changeLanguage('bo');
  expect(texts.t('title')).toBe('ལས་གཉེར།');
  await texts.changeLanguage('en');
  expect(texts.t('status.online')).toBe('Reachable');
});

test('Tibetan counts as unverified until a key is named as checked', () => {
  expect(isVerified('bo', 'look:safety.help')).toBe(verifiedTibetan.has('look:safety.help'));
  expect(isVerified('bo', 'page:something-new')).toBe(false);
  expect(isVerified('zh', 'look:safety.help')).toBe(true);
});

test('a browser tag picks its language, and Chinese where there is none of ours', () => {
  expect(languageOf('bo-CN')).toBe('bo');
  expect(languageOf('en-GB')).toBe('en');
  expect(languageOf('fr')).toBe('zh');
  expect(languageOf(undefined)).toBe('zh');
});
