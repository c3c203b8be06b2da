import { expect, test } from 'vitest';
import { openPasswordsQueue } from './passwords-queue.ts';

test('few turns run at once, few wait, and the next is sent away at once', async () => {
  const queue = openPasswordsQueue({ atOnce: 2, waiting: 3 });
  const asked = Array.from({ length: 6 }, () => queue.enter());
  expect(asked.map((turn) => turn === null)).toEqual([false, false, false, false, false, true]);
  const order: number[] = [];
  const turns = asked.slice(0, 5).map(async (turn, index) => {
    const held = await turn;
    order.push(index);
    return held;
  });
  const [first, second] = await Promise.all(turns.slice(0, 2));
  expect(order).toEqual([0, 1]);
  second?.[Symbol.dispose]();
  await turns[2];
  expect(order).toEqual([0, 1, 2]);
  expect(queue.enter()).not.toBeNull();
  expect(queue.enter()).toBeNull();
  first?.[Symbol.dispose]();
  await turns[3];
  expect(order).toEqual([0, 1, 2, 3]);
});

test('a turn given back twice frees one place, and a failed use gives it back', async () => {
  const queue = openPasswordsQueue({ atOnce: 1, waiting: 0 });
  const held = await queue.enter();
  expect(queue.enter()).toBeNull();
  held?.[Symbol.dispose]();
  held?.[Symbol.dispose]();
  const use = async () => {
    using _ = await queue.enter();
    throw new Error('The check failed.');
  };
  await expect(use()).rejects.toThrow('The check failed.');
  expect(queue.enter()).not.toBeNull();
  expect(queue.enter()).toBeNull();
});
