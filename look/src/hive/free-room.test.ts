import { expect, test } from 'vitest';
import { isOverCell } from './generate/label-slots.ts';
import { widened } from './free-room.ts';
import { hiveLayout5402 as layout } from './hive-layout-5402.ts';
import { sceneOf, spotsOf } from './scene.ts';

const bounds = { x: 0, y: 0, width: 40, height: 40 };
const name = { x: 0, y: 0, width: 2, height: 1 };

test('a name takes the room up to the nearest cell, name or edge, the same on both sides', () => {
  const alone = { cells: [], names: [], bounds };
  expect(widened(name, { ...alone, cells: [{ x: 3, y: 0.5 }] }).width).toBe(4.75);
  expect(widened(name, { ...alone, names: [{ ...name, x: -4 }] }).width).toBe(6);
  expect(widened({ ...name, x: 18 }, alone).width).toBe(4);
  expect(widened(name, { ...alone, cells: [{ x: 3, y: 2 }] }).width).toBe(8);
});

test('no room at all leaves the box as it was', () => {
  expect(widened(name, { cells: [{ x: 0.5, y: 0 }], names: [], bounds })).toEqual(name);
});

test('on the whole hive names with room around them are wider, and still over no cell or name', () => {
  const { labels } = sceneOf(layout, spotsOf(layout), '5402');
  const given = new Map(layout.counties.map(({ code, label }) => [code, label.width]));
  const wider = labels.filter(({ code, box }) => box.width > (given.get(code) ?? 0));
  expect(wider.map(({ code }) => code)).toContain('540226');
  const covered = wider.filter(({ box }) =>
    layout.villages.some((one) => isOverCell(box, one.cell)),
  );
  expect(covered).toEqual([]);
  const crossing = labels.filter((a) =>
    labels.some(
      (b) =>
        a !== b &&
        Math.abs(a.box.x - b.box.x) < (a.box.width + b.box.width) / 2 &&
        Math.abs(a.box.y - b.box.y) < (a.box.height + b.box.height) / 2,
    ),
  );
  expect(crossing).toEqual([]);
});
