import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine, inertText } from './export-cell.ts';

test.each(['=1+1', '+1', '-1', '@sum(A1)', '\t=1', '\r=1', '＝1', '－cmd'])(
  'a text that would begin a formula is made inert: %j',
  (text) => {
    expect(inertText(text)).toBe(`'${text}`);
    expect(csvLine([text])).toMatch(/^"?'/);
  },
);

test('a plain text and a number of ours stand as they are', () => {
  expect(csvLine(['扎西', 'བསྟན་འཛིན།', -3, null])).toBe('扎西,བསྟན་འཛིན།,-3,\r\n');
});

test('whatever a cell holds, it comes back out of the line and begins no formula', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }),
      (texts) => {
        const cells = readCsv(csvLine(texts));
        expect(cells).toEqual(texts.map(inertText));
        expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
      },
    ),
    { seed: 4180, numRuns: 500 },
  );
});

/** A reader of one line, written from RFC 4180 apart from the writer. */
function readCsv(line: string): string[] {
  const cells: string[] = [];
  let rest = line.slice(0, -2);
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const plain = quoted === null ? (/^[^,]*/.exec(rest)?.[0] ?? '') : '';
    const taken = quoted?.[0] ?? plain;
    cells.push(quoted?.[1]?.replaceAll('""', '"') ?? plain);
    if (rest.length === taken.length) return cells;
    rest = rest.slice(taken.length + 1);
  }
}
