import { expect, test } from 'vitest';
import { chooseVoice } from './choose-voice.ts';

const voices = [
  { lang: 'af', name: 'Afrikaans' },
  { lang: 'cmn', name: 'Chinese (Mandarin)+Adam' },
  { lang: 'cmn', name: 'Chinese (Mandarin)' },
  { lang: 'en-GB', name: 'English' },
];

test('Chinese is found under the name a Linux speech service gives it, the plain voice first', () => {
  expect(chooseVoice(voices, 'zh')).toEqual({ voice: voices[2], language: 'zh' });
  const browser = [{ lang: 'zh-CN', name: '普通话' }];
  expect(chooseVoice(browser, 'zh')?.voice).toBe(browser[0]);
});

test('where no voice speaks Tibetan the notice is said in Chinese; where none speaks either, not at all', () => {
  expect(chooseVoice(voices, 'bo')?.language).toBe('zh');
  expect(chooseVoice(voices, 'en')?.language).toBe('en');
  // `bos` is Bosnian.
  expect(chooseVoice([{ lang: 'bos', name: 'Bosnian' }], 'bo')).toBe(null);
  expect(chooseVoice([], 'zh')).toBe(null);
});
