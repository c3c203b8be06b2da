import { dutyPosts, type RosterSlot } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellNames, dayHeader, readRow, sheetColumns, sheetNameOf } from './roster-sheet.ts';

const people = ['扎西', '扎西', '卓玛', '次仁'].map((name, n) => ({ personId: `p${n}`, name }));
const names = cellNames(people);
const personOf = new Map([...names].map(([id, name]) => [name, id]));
const day = '2026-11-24';

/** As the export writes a row. */
function writeRow(slots: readonly RosterSlot[]): Map<string, string> {
  const cells = new Map([[dayHeader, day]]);
  for (const { header, post, name, isFallback } of sheetColumns) {
    const slot = slots.find((each) => each.post === post && each.shift === `${day}/${name}`);
    const id = isFallback ? slot?.fallbackId : slot?.personId;
    if (typeof id === 'string') cells.set(header, names.get(id) ?? '');
  }
  return cells;
}

test('what is written into a row is read out of it, also where two bear one name', () => {
  const row = fc.uniqueArray(
    fc.record({
      post: fc.constantFrom(...dutyPosts),
      shift: fc.constantFrom(`${day}/day`, `${day}/night`),
      personId: fc.constantFrom('p0', 'p1', 'p2', 'p3'),
      fallbackId: fc.option(fc.constantFrom('p0', 'p1', 'p2', 'p3')),
    }),
    { selector: ({ post, shift }) => `${post} ${shift}`, maxLength: 6 },
  );
  const key = ({ post, shift }: RosterSlot) => `${post} ${shift}`;
  fc.assert(
    fc.property(row, (slots) => {
      const read = readRow(writeRow(slots), personOf);
      const inOrder = (all: readonly RosterSlot[]) =>
        all.toSorted((a, b) => key(a).localeCompare(key(b)));
      expect(inOrder(read?.slots ?? [])).toEqual(inOrder(slots));
      const held = slots.map(({ shift, personId }) => `${shift} ${personId}`);
      const isWrong =
        new Set(held).size < held.length || slots.some((slot) => slot.personId === slot.fallbackId);
      expect((read?.faults.length ?? 0) > 0).toBe(isWrong);
    }),
    { numRuns: 10_000, seed: 5402 },
  );
});

test('a row says what is wrong with it', () => {
  const [lead] = sheetColumns;
  const header = lead?.header ?? '';
  const fallback = sheetColumns.find(({ isFallback }) => isFallback)?.header ?? '';
  const code = (cells: readonly (readonly [string, string])[]) =>
    readRow(new Map(cells), personOf)?.faults.map((fault) => fault.code);
  expect(code([[header, '卓玛']])).toEqual(['no-day']);
  expect(
    code([
      [dayHeader, day],
      [header, '不认识'],
    ]),
  ).toEqual(['unknown-person']);
  // Two are called so.
  expect(
    code([
      [dayHeader, day],
      [header, '扎西'],
    ]),
  ).toEqual(['unknown-person']);
  expect(
    code([
      [dayHeader, day],
      [header, '扎西#2'],
    ]),
  ).toEqual([]);
  expect(
    code([
      [dayHeader, day],
      [fallback, '卓玛'],
    ]),
  ).toEqual(['fallback-alone']);
  expect(readRow(new Map(), personOf)).toBeNull();
});

test('a sheet’s name begins with the village’s code and is one Excel takes', () => {
  const name = sheetNameOf({
    region: '540235100201',
    name: "宗塔/村'[一]很长很长很长很长很长很长很长",
  });
  expect(name).toMatch(/^540235100201 宗塔村一/);
  expect(name.length).toBeLessThanOrEqual(31);
});
