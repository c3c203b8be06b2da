import { expect, test } from 'vitest';
import { LossWindow } from './loss-window.ts';

test('loss is what receivers reported of the last five seconds, whenever their reports came', () => {
  const window = new LossWindow();
  expect(window.next([{ id: 'a', packets: 100, lost: 40 }])).toBe(0); // From before we looked.
  expect(window.next([{ id: 'a', packets: 150, lost: 40 }])).toBe(0);
  expect(window.next([{ id: 'a', packets: 200, lost: 60 }])).toBe(0.2);
  for (const packets of [250, 300, 350, 400]) window.next([{ id: 'a', packets, lost: 60 }]);
  expect(window.next([{ id: 'a', packets: 450, lost: 60 }])).toBe(0);
});

test('what a paused receiver lost is forgotten', () => {
  const window = new LossWindow();
  window.next([{ id: 'a', packets: 0, lost: 0 }]);
  expect(window.next([{ id: 'a', packets: 50, lost: 50 }])).toBe(1);
  expect(window.next([])).toBe(0);
  expect(window.next([{ id: 'a', packets: 60, lost: 50 }])).toBe(0);
});
