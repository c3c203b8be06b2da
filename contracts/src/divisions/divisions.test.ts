import { expect, test } from 'vitest';
import {
  childrenOf,
  divisionOf,
  divisionsUnder,
  equippedCounties,
  isEquippedFirst,
  pathOf,
  prefecture5402,
} from './divisions.ts';

test('the prefecture has 18 counties, 206 townships and 1,693 villages', () => {
  expect(divisionsUnder('5402', 'county')).toHaveLength(18);
  expect(divisionsUnder('5402', 'township')).toHaveLength(206);
  expect(divisionsUnder('5402', 'village')).toHaveLength(1693);
  expect(prefecture5402).toHaveLength(1 + 18 + 206 + 1693);
});

test('the five counties equipped first hold 66 townships and 671 villages', () => {
  const within = (level: 'township' | 'village'): number =>
    equippedCounties.flatMap((county) => divisionsUnder(county, level)).length;
  expect(within('township')).toBe(66);
  expect(within('village')).toBe(671);
  expect(
    prefecture5402.filter((d) => d.level === 'village' && isEquippedFirst(d.code)),
  ).toHaveLength(671);
});

test('codes are unique and every division but the top stands under a known parent', () => {
  expect(new Set(prefecture5402.map((d) => d.code)).size).toBe(prefecture5402.length);
  const orphans = prefecture5402.filter((d) => d.parent === null || divisionOf(d.parent) === null);
  expect(orphans.map((d) => d.code)).toEqual(['5402']);
});

test('a village is found by its code, with its way down from the prefecture', () => {
  const village = divisionOf('540202200201');
  expect(village).toEqual({
    code: '540202200201',
    name: '坚孜村',
    level: 'village',
    parent: '540202200',
  });
  expect(pathOf('540202200201').map((d) => d.name)).toEqual([
    '日喀则市',
    '桑珠孜区',
    '曲布雄乡',
    '坚孜村',
  ]);
});

test('children are one level down, and an unknown code has none', () => {
  expect(childrenOf('540235')).toHaveLength(7);
  expect(childrenOf('540202200201')).toEqual([]);
  expect(divisionOf('999999')).toBeNull();
  expect(pathOf('999999')).toEqual([]);
});
