import { expect, test } from 'vitest';
import { hiveLayout5402 as layout } from './hive-layout-5402.ts';
import { cellAt, centreOf, keyOf } from './lattice.ts';
import { outlineOf } from './region-outline.ts';
import { nextUnit, sceneOf, spotAt, spotsOf, unitOf, unitsOf } from './scene.ts';
import { fitView, viewBetween } from './view.ts';

const spots = spotsOf(layout);
const prefecture = sceneOf(layout, spots, '5402');

test('every cell is found again by any point near its middle', () => {
  for (const { cell } of layout.villages) {
    const { x, y } = centreOf(cell);
    expect(keyOf(cellAt({ x: x + 0.2, y: y - 0.2 }))).toBe(keyOf(cell));
  }
});

test('the prefecture offers its counties, a county its townships, a township its villages', () => {
  expect(unitsOf(prefecture)).toHaveLength(18);
  expect(unitsOf(sceneOf(layout, spots, '540235'))).toHaveLength(7);
  expect(unitsOf(sceneOf(layout, spots, '540202200')).map((unit) => unit.code)).toContain(
    '540202200201',
  );
  expect(unitOf('5402', '540202200201')).toBe('540202');
});

test('a village shows the township it lies in', () => {
  expect(sceneOf(layout, spots, '540202200201').region).toBe('540202200');
});

test('arrow by arrow one comes from the west to the east and never leaves the map', () => {
  const units = unitsOf(prefecture);
  let at = '540232';
  const way = [at];
  for (let step = 0; step < 30; step += 1) {
    at = nextUnit(units, at, 'right');
    way.push(at);
  }
  expect(['540229', '540222']).toContain(at);
  expect(new Set(way).size).toBeGreaterThan(4);
  expect(nextUnit(units, 'unknown', 'left')).toBe(units[0]?.code);
});

test('every county is reached by arrows from the first', () => {
  const units = unitsOf(prefecture);
  const reached = new Set([units[0]?.code ?? '']);
  for (const code of reached) {
    for (const way of ['left', 'right', 'up', 'down'] as const)
      reached.add(nextUnit(units, code, way));
  }
  expect(reached.size).toBe(18);
});

test('between the counties there is no village to hit', () => {
  const gap = layout.counties.map((county) => spotAt(prefecture, county.label));
  expect(gap.filter((spot) => spot !== null)).toEqual([]);
});

test('a single hexagon has an outline of six sides, two neighbours one of ten', () => {
  const [first] = spots;
  if (first === undefined) throw new Error('no spots');
  expect(outlineOf([first], 0)).toHaveLength(6);
  const pair = [first, { ...first, cell: { ...first.cell, col: first.cell.col + 1 } }];
  expect(outlineOf(pair, 0)).toHaveLength(10);
});

test('a fitted view holds the whole box, and zooming passes evenly between two', () => {
  const canvas = { width: 1000, height: 800 };
  const far = fitView(prefecture.bounds, canvas, 0);
  const near = fitView(sceneOf(layout, spots, '540235').bounds, canvas, 1);
  const left = (prefecture.bounds.x - prefecture.bounds.width / 2) * far.scale + far.x;
  expect(left).toBeGreaterThanOrEqual(-0.001);
  expect(near.scale).toBeGreaterThan(far.scale);
  const half = viewBetween(far, near, 0.5);
  expect(half.scale).toBeGreaterThan(far.scale);
  expect(half.scale).toBeLessThan(near.scale);
  expect(viewBetween(far, near, 1)).toEqual(near);
});
