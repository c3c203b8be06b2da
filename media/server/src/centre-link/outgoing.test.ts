import { randomUUID } from 'node:crypto';
import type { LinkAnswer, RaisedHand } from '@sightline/contracts';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { eventually } from '#testing/eventually.ts';
import { Outgoing, type Up } from './outgoing.ts';

const meetingId = randomUUID();
function hand(seatId: string, isUp: boolean): Up {
  return { event: 'hand', meetingId, key: seatId, word: { meetingId, seatId, isUp } };
}

test('what changes while it is said is said again after what waits, not before', async () => {
  const said: string[] = [];
  const answers: ((answer: LinkAnswer) => void)[] = [];
  using outgoing = new Outgoing(
    (_, word) => {
      const { seatId, isUp } = word as RaisedHand; // Put below.
      said.push(`${seatId} ${isUp}`);
      const { promise, resolve } = Promise.withResolvers<LinkAnswer>();
      answers.push(resolve);
      return promise;
    },
    pino({ level: 'silent' }),
  );
  outgoing.open();
  outgoing.put(hand('a', true));
  outgoing.put(hand('b', true));
  for (let n = 0; n < 4; n += 1) {
    await eventually(() => said.length === n + 1 || undefined);
    // The first changes whenever it may.
    outgoing.put(hand('a', n % 2 === 1));
    answers[n]?.({ ok: true });
  }
  expect(said.slice(0, 4)).toEqual(['a true', 'b true', 'a true', 'a false']);
  await eventually(() => said.length === 5 || undefined);
  answers[4]?.({ ok: true });
  await eventually(() => outgoing.waiting === 0 || undefined);
});
