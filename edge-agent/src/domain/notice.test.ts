import { isRefusal, type TerminalNotice } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideRead, undeliveredNotices, type KnownNotice } from './notice.ts';

const personId = '0190a5d4-0000-7000-8000-0000000000a1';
const notice = (index: number, level: TerminalNotice['level'] = 'plain'): TerminalNotice => ({
  noticeId: `0190a5d4-0000-7000-8000-0000000000${String(index).padStart(2, '0')}`,
  level,
  title: '防雪',
  text: '今夜有雪',
  by: { login: 'pianduo', roles: ['dispatcher'], region: '5402' },
  postedAt: '2026-11-23T13:46:00.000Z',
});
const known = (noticeId: string, readAt: string | null): KnownNotice => ({
  noticeId,
  deliveredAt: '2026-11-23T13:46:01.000Z',
  readAt,
  personId: null,
});
const place = {
  people: [{ personId, name: '扎西', post: '' }],
  terminalId: 'demo-1',
  isSimulated: false,
};

test('of whatever notices come, each is said to have come once, the oldest first', () => {
  const indices = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 });
  fc.assert(
    fc.property(indices, indices, (sent, told) => {
      const notices = sent.map((index) => notice(index));
      const before = told.map((index) => known(notice(index).noticeId, null));
      const owed = undeliveredNotices(notices, before);
      expect(owed).toEqual(notices.filter((_, n) => !told.includes(sent[n] ?? -1)).toReversed());
      const after = [...before, ...owed.map(({ noticeId }) => known(noticeId, null))];
      expect(undeliveredNotices(notices, after)).toEqual([]);
    }),
    { numRuns: 10_000, seed: 5402 },
  );
});

test('a plain one is read by nobody in particular, an important one signed for by somebody of the list', () => {
  const codeOf = (level: TerminalNotice['level'], who: string | null) => {
    const decided = decideRead({ notice: notice(1, level), known: null }, who, place);
    return isRefusal(decided) ? decided.code : decided;
  };
  const data = { noticeId: notice(1).noticeId, terminalId: 'demo-1' };
  expect(codeOf('plain', null)).toEqual({ decision: 'record', data });
  expect(codeOf('important', null)).toBe('sign-by-pin');
  expect(codeOf('important', personId)).toEqual({
    decision: 'record',
    data: { ...data, personId, method: 'pin' },
  });
  expect(codeOf('important', 'somebody-else')).toBe('person-not-on-list');
});

test('what was read is not read again, and what is not here cannot be', () => {
  const read = known(notice(1).noticeId, '2026-11-23T13:50:00.000Z');
  expect(decideRead({ notice: notice(1), known: read }, null, place)).toEqual({
    decision: 'already',
  });
  expect(decideRead({ notice: undefined, known: null }, null, place)).toMatchObject({
    code: 'no-such-notice',
  });
});
