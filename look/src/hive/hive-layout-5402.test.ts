import { readFileSync } from 'node:fs';
import { childrenOf, divisionsUnder, prefecture5402 } from '@sightline/contracts/divisions';
import { expect, test } from 'vitest';
import { generateHive } from './generate/generate-hive.ts';
import { isOverCell } from './generate/label-slots.ts';
import { isOverHexagon } from './generate/label-townships.ts';
import { printLayout } from './generate/print-layout.ts';
import { hiveLayout5402 as layout } from './hive-layout-5402.ts';
import { centreOf, isContiguous, keyOf, middleOf, neighboursOf, type Cell } from './lattice.ts';
import { storeLayout } from './layout.ts';

const counties = divisionsUnder('5402', 'county').map((county) => county.code);
const cellsUnder = (code: string): readonly Cell[] =>
  layout.villages.filter((place) => place.code.startsWith(code)).map((place) => place.cell);

test('every village of the prefecture has exactly one cell and no two share one', () => {
  const villages = divisionsUnder('5402', 'village').map((village) => village.code);
  expect(layout.villages.map((place) => place.code)).toEqual(villages);
  expect(new Set(layout.villages.map((place) => keyOf(place.cell))).size).toBe(1693);
});

test('every county is in one piece', () => {
  expect(counties.filter((code) => !isContiguous(cellsUnder(code)))).toEqual([]);
});

test('every township is in one piece', () => {
  const townships = divisionsUnder('5402', 'township').map((township) => township.code);
  expect(townships.filter((code) => !isContiguous(cellsUnder(code)))).toEqual([]);
});

test('no cell touches a cell of another county', () => {
  const countyAt = new Map(layout.villages.map((one) => [keyOf(one.cell), one.code.slice(0, 6)]));
  const touching = layout.villages.filter((one) =>
    neighboursOf(one.cell).some((next) => {
      const other = countyAt.get(keyOf(next));
      return other !== undefined && other !== one.code.slice(0, 6);
    }),
  );
  expect(touching).toEqual([]);
});

test('no name of a county lies over a cell or over another name', () => {
  const covered = layout.counties.filter(({ label }) =>
    layout.villages.some((place) => isOverCell(label, place.cell)),
  );
  expect(covered.map((county) => county.code)).toEqual([]);
  const crossing = layout.counties.filter((a) =>
    layout.counties.some(
      (b) =>
        a !== b &&
        Math.abs(a.label.x - b.label.x) < (a.label.width + b.label.width) / 2 &&
        Math.abs(a.label.y - b.label.y) < (a.label.height + b.label.height) / 2,
    ),
  );
  expect(crossing).toEqual([]);
});

test('no name of a township lies over a cell when its county is looked at alone', () => {
  const shiftOf = new Map(layout.townships.map((one) => [one.code, one.shift]));
  const shifted = layout.villages.map(({ code, cell }) => {
    const shift = shiftOf.get(code.slice(0, 9)) ?? { x: 0, y: 0 };
    const { x, y } = centreOf(cell);
    return { county: code.slice(0, 6), centre: { x: x + shift.x, y: y + shift.y } };
  });
  const covered = layout.townships.filter(({ code, label }) =>
    shifted.some((one) => one.county === code.slice(0, 6) && isOverHexagon(label, one.centre)),
  );
  expect(covered.map((township) => township.code)).toEqual([]);
});

test('counties lie towards each other as on the ground', () => {
  const middle = (code: string): { readonly x: number; readonly y: number } =>
    middleOf(cellsUnder(code));
  const westToEast = ['540232', '540236', '540226', '540225', '540202', '540229'];
  const xs = westToEast.map((code) => middle(code).x);
  expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  const alongTheHimalaya = ['540234', '540235', '540223', '540231', '540237', '540233'];
  const himalaya = alongTheHimalaya.map((code) => middle(code).x);
  expect(himalaya).toEqual(himalaya.toSorted((a, b) => a - b));
  const farthest = (pick: (at: { readonly x: number; readonly y: number }) => number): string =>
    counties.reduce((best, code) => (pick(middle(code)) > pick(middle(best)) ? code : best));
  expect(farthest((at) => -at.x)).toBe('540232');
  expect(farthest((at) => at.y)).toBe('540233');
  expect(farthest((at) => -at.y)).toBe('540221');
  expect(middle('540233').y).toBeGreaterThan(middle('540228').y);
  expect(middle('540221').y).toBeLessThan(middle('540202').y);
  expect(middle('540230').y).toBeGreaterThan(middle('540222').y);
  expect(middle('540231').y).toBeGreaterThan(middle('540224').y);
});

test('the hive fits a screen: nearly as wide as 5:4, at least 16 px a cell on 1000 × 800', () => {
  const { width, height } = layout.bounds;
  expect(Math.min(1000 / width, 800 / height)).toBeGreaterThan(16);
  expect(width / height).toBeGreaterThan(1.1);
  expect(width / height).toBeLessThan(1.4);
});

test('villages of one township stand together with their township, by code', () => {
  const [first] = childrenOf('540235');
  const cells = cellsUnder(first?.code ?? '');
  expect(cells).toEqual(cells.toSorted((a, b) => a.row - b.row || a.col - b.col));
});

test('generating again gives the committed file, byte for byte', () => {
  const file = new URL('./generated/hive-5402.json', import.meta.url);
  const again = printLayout(storeLayout(generateHive(prefecture5402)));
  expect(again).toBe(readFileSync(file, 'utf8'));
}, 120_000);
