import { expect, test } from 'vitest';
import { Growth } from './growth.ts';

test('counts of streams that come, go and begin anew never shrink what grew', () => {
  const growth = new Growth({ countsNew: true });
  expect(growth.next([{ id: 'a', packets: 10, lost: 1 }])).toEqual({
    packets: 10,
    lost: 1,
    ids: new Set('a'),
  });
  const both = [
    { id: 'a', packets: 15, lost: 1 },
    { id: 'b', packets: 4, lost: 2 },
  ];
  expect(growth.next(both)).toEqual({ packets: 9, lost: 2, ids: new Set('ab') });
  expect(growth.next([{ id: 'b', packets: 3, lost: 0 }])).toEqual({
    packets: 0,
    lost: 0,
    ids: new Set(),
  });
  expect(growth.next([{ id: 'a', packets: 7, lost: 0 }])).toEqual({
    packets: 7,
    lost: 0,
    ids: new Set('a'),
  });
});

test('what was counted before the first look may be left out', () => {
  const growth = new Growth({ countsNew: false });
  expect(growth.next([{ id: 'a', packets: 10, lost: 1 }])).toEqual({
    packets: 0,
    lost: 0,
    ids: new Set(),
  });
  expect(growth.next([{ id: 'a', packets: 12, lost: 2 }])).toEqual({
    packets: 2,
    lost: 1,
    ids: new Set('a'),
  });
});
