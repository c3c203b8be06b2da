import type { LiveCell, LiveFrame, LiveSnapshot } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyFrame, modelOf, type LiveModel } from './live-model.ts';
import { cutFrames, keepOccupied, type RoomPositions } from './live-rooms.ts';

const at = '2026-11-23T12:00:00.000Z';
const cell = (region: string): LiveCell => ({
  region,
  status: 'online',
  since: at,
  checkedIn: null,
  simulated: true,
});
const change = (to: number, regions: readonly string[]) => ({
  to,
  at,
  cells: regions.map(cell),
  feed: [],
});

test('each room gets the cells of its region and no other', () => {
  const rooms = new Map([
    ['5402', 1],
    ['540202', 1],
    ['540235100', 1],
  ]);
  const { frames } = cutFrames(rooms, change(9, ['540202100001', '540202100002']), {
    advanceAll: false,
  });
  expect(frames.map(({ region, frame }) => [region, frame.cells.length])).toEqual([
    ['5402', 2],
    ['540202', 2],
  ]);
});

test('a quiet room is told nothing until it is advanced, and then without a gap', () => {
  const first = cutFrames(new Map([['540235', 1]]), change(9, ['540202100001']), {
    advanceAll: false,
  });
  expect(first.frames).toEqual([]);
  const second = cutFrames(first.rooms, change(9, []), { advanceAll: true });
  expect(second.frames).toEqual([
    { region: '540235', frame: { from: 1, to: 9, at, cells: [], feed: [] } },
  ]);
  expect(cutFrames(second.rooms, change(9, []), { advanceAll: true }).frames).toEqual([]);
});

test('property: whoever joins when, frames continue their snapshot without a gap and end up true', () => {
  const regions = ['540202100001', '540202100002', '540235100001'] as const;
  const steps = fc.array(
    fc.record({
      touched: fc.subarray([...regions]),
      advanceAll: fc.boolean(),
      joins: fc.option(fc.constantFrom('5402', '540202', '540235', '540235100')),
    }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, (given) => {
      let rooms: RoomPositions = new Map();
      let sentTo = 0;
      const pages: { region: string; model: LiveModel }[] = [];
      for (const { touched, advanceAll, joins } of given) {
        if (joins !== null) pages.push({ region: joins, model: modelOf(snapshot(joins, sentTo)) });
        rooms = keepOccupied(rooms, [...new Set(pages.map(({ region }) => region))], sentTo);
        sentTo += 3;
        const cut = cutFrames(rooms, change(sentTo, touched), { advanceAll });
        rooms = cut.rooms;
        for (const page of pages) {
          const own = cut.frames.filter(({ region }) => region === page.region);
          for (const { frame } of own) page.model = take(page.model, frame);
          const missed = touched.filter((region) => region.startsWith(page.region));
          expect(missed.every((region) => page.model.cells.has(region))).toBe(true);
          if (advanceAll) expect(page.model.asOf).toBe(sentTo);
        }
      }
    }),
    { seed: 5402, numRuns: 300 },
  );
});

function take(model: LiveModel, frame: LiveFrame): LiveModel {
  const step = applyFrame(model, frame);
  if (step.kind !== 'moved') throw new Error(`A frame was ${step.kind}.`);
  return step.model;
}

function snapshot(region: string, asOf: number): LiveSnapshot {
  const strip = Array.from({ length: 288 }, () => 0);
  return { asOf, at, region, demo: true, cells: [], feed: [], attention: [], strip, health: [] };
}
