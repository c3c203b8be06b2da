import type { FeedLine, LiveCell, LiveFrame, LiveSnapshot } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyFrame, modelOf, type LiveModel } from './live-model.ts';

const cell = (region: string, status: LiveCell['status']): LiveCell => ({
  region,
  status,
  since: '2026-11-23T11:00:00.000Z',
  checkedIn: null,
  simulated: true,
});
const line = (position: number): FeedLine => ({
  position,
  at: '2026-11-23T12:00:00.000Z',
  region: '540202100001',
  type: 'duty.checked-in',
  detail: { method: 'pin' },
});
const snapshot: LiveSnapshot = {
  asOf: 100,
  at: '2026-11-23T12:00:00.000Z',
  region: '5402',
  demo: true,
  cells: [cell('540202100001', 'online'), cell('540202100002', 'offline')],
  feed: [line(99)],
  attention: [],
  strip: Array.from({ length: 288 }, (_, index) => index),
  health: [],
};
const frame = (part: Partial<LiveFrame>): LiveFrame => ({
  from: 100,
  to: 101,
  at: '2026-11-23T12:00:01.000Z',
  cells: [],
  feed: [],
  ...part,
});
const moved = (model: LiveModel, part: Partial<LiveFrame>) => {
  const step = applyFrame(model, frame(part));
  if (step.kind !== 'moved') throw new Error(`The frame was ${step.kind}.`);
  return step;
};

test('a frame that continues the picture changes its cells and only those', () => {
  const step = moved(modelOf(snapshot), {
    cells: [cell('540202100001', 'online'), cell('540202100002', 'online')],
    feed: [line(101)],
  });
  expect(step.changed.map((changed) => changed.region)).toEqual(['540202100002']);
  expect(step.model.cells.get('540202100002')?.status).toBe('online');
  expect(step.model.feed.map(({ position }) => position)).toEqual([101, 99]);
  expect(step.model.asOf).toBe(101);
});

test('a frame that begins after what is held is a gap; one that ends before is old', () => {
  const model = modelOf(snapshot);
  expect(applyFrame(model, frame({ from: 101, to: 102 }))).toEqual({ kind: 'gap' });
  expect(applyFrame(model, frame({ from: 98, to: 100 }))).toEqual({ kind: 'old' });
});

test('a frame overlapping the snapshot is taken without doubling its feed lines', () => {
  const step = moved(modelOf(snapshot), { from: 97, to: 103, feed: [line(103), line(99)] });
  expect(step.model.feed.map(({ position }) => position)).toEqual([103, 99]);
});

test('the strip moves on with time and its newest bucket grows with the facts', () => {
  const first = moved(modelOf(snapshot), { feed: [line(101)] }).model;
  expect(first.strip).toHaveLength(288);
  expect(first.strip.at(-1)).toBe(288);
  const later = {
    from: 101,
    to: 103,
    at: '2026-11-23T12:10:00.000Z',
    feed: [line(102), line(103)],
  };
  const second = moved(first, later).model;
  expect(second.strip).toHaveLength(288);
  expect(second.strip.slice(-3)).toEqual([288, 0, 2]);
  expect(second.strip[0]).toBe(2);
});

test('property: whatever frames come for weeks, the picture stays bounded and never runs backwards', () => {
  const frames = fc.array(
    fc.record({
      from: fc.integer({ min: 90, max: 200 }),
      length: fc.integer({ min: 1, max: 50 }),
      lines: fc.integer({ min: 0, max: 60 }),
      afterMs: fc.integer({ min: 0, max: 90_000_000 }),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(frames, (given) => {
      let model = modelOf(snapshot);
      for (const { from, length, lines, afterMs } of given) {
        const at = Temporal.Instant.from(model.at).add({ milliseconds: afterMs });
        const step = applyFrame(model, {
          ...frame({ from, to: from + length, at: at.toString({ fractionalSecondDigits: 3 }) }),
          feed: Array.from({ length: lines }, (_, index) => line(from + index)),
        });
        if (step.kind !== 'moved') continue;
        expect(step.model.asOf).toBeGreaterThan(model.asOf);
        model = step.model;
        expect(model.feed.length).toBeLessThanOrEqual(360);
        expect(model.strip).toHaveLength(288);
      }
    }),
    { seed: 5402, numRuns: 200 },
  );
});
