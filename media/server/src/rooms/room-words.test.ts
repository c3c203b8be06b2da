import { expect, test } from 'vitest';
import { makeOrder, steered } from '#testing/orders.ts';
import { roomWordsFor } from './room-words.ts';
import { rulesOf } from './rules-of.ts';

test('of all who are asked a venue is told whether it is among them, and the chair is told all', () => {
  const base = makeOrder(200);
  const { venues, control } = base;
  const [asked = '', unasked = ''] = venues;
  const order = steered(base, {
    rollCall: {
      round: 1,
      openedAt: '2026-11-27T08:00:00.000Z',
      until: '2026-11-27T08:02:00.000Z',
      isOpen: true,
      asked: venues.filter((seatId) => seatId !== unasked),
    },
  });
  const words = roomWordsFor({ rules: rulesOf(order, 0), present: venues, heard: [], wrote: [] });
  expect(words(asked).control.rollCall?.asked).toEqual([asked]);
  expect(words(unasked).control.rollCall?.asked).toEqual([]);
  expect(words(control.chair).control.rollCall?.asked).toHaveLength(venues.length - 1);
  // Two seconds of a link of 8 kbit/s, whatever the size of the room.
  expect(JSON.stringify(words(asked)).length).toBeLessThan(2_000);
});
