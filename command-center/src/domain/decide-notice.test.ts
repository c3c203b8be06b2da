import { isRefusal, noticeLimits } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideNotice, refuseNoticeWithdrawal } from './decide-notice.ts';

const now = Temporal.Instant.from('2026-11-23T13:48:00Z');
const ground = { villages: 3, now };
const asked = { title: '防雪', text: '今夜有雪', mustReadBy: null };
const codeOf = (more: Partial<typeof asked> | { readonly mustReadBy: string }, villages = 3) => {
  const decided = decideNotice({ ...asked, ...more }, { villages, now });
  return isRefusal(decided) ? decided.code : decided;
};

test('whatever is posted can be kept and shown: trimmed, not empty, not too long, no broken characters', () => {
  const marks = ['雪', 'a', ' ', '\n', '\0', '\ud800', '\u{20000}'] as const;
  const written = fc.array(fc.constantFrom(...marks), { maxLength: 70, size: 'max' });
  const words = written.map((each) => each.join(''));
  fc.assert(
    fc.property(words, words, (title, text) => {
      const decided = decideNotice({ title, text, mustReadBy: null }, ground);
      if (isRefusal(decided)) return;
      expect(decided.title).toBe(title.trim());
      expect(Array.from(decided.title).length).toBeLessThanOrEqual(noticeLimits.titleChars);
      expect(Array.from(decided.text).length).toBeLessThanOrEqual(noticeLimits.textChars);
      expect((decided.title + decided.text).isWellFormed()).toBe(true);
      expect(decided.text).not.toContain('\0');
    }),
    { numRuns: 2_000, seed: 5402 },
  );
  expect(codeOf({ title: ' 防雪 ', text: '一\n二\t三' })).toMatchObject({ title: '防雪' });
  expect(codeOf({ text: '\u{20000}'.repeat(1_000) })).toMatchObject({ title: '防雪' });
});

test('a no says which one it is', () => {
  expect(codeOf({ title: '  ' })).toBe('empty-notice');
  expect(codeOf({ title: '雪'.repeat(61) })).toBe('notice-too-long');
  expect(codeOf({ text: '雪'.repeat(1_001) })).toBe('notice-too-long');
  expect(codeOf({ text: 'a\0b' })).toBe('unwritable');
  expect(codeOf({ text: 'a\ud800b' })).toBe('unwritable');
  expect(codeOf({}, 0)).toBe('nobody-to-tell');
  expect(refuseNoticeWithdrawal(true)?.code).toBe('withdrawn-before');
  expect(refuseNoticeWithdrawal(false)).toBeNull();
});

test('the time to read it by lies ahead, within the limit', () => {
  const after = (hours: number) => ({ mustReadBy: now.add({ hours }).toString() });
  expect(codeOf(after(0))).toBe('read-by-time');
  expect(codeOf(after(1))).toMatchObject(after(1));
  expect(codeOf(after(24 * noticeLimits.mustReadMaxDays))).not.toBe('read-by-time');
  expect(codeOf(after(24 * noticeLimits.mustReadMaxDays + 1))).toBe('read-by-time');
});
