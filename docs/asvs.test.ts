import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { accessTable, type Grants } from '../command-center/src/domain/access.ts';

/* The pages on security cannot lie: about tests that are not there, about the access table, about ASVS. */

const rootDir = resolve(import.meta.dirname, '..');
const read = (page: string) => readFileSync(join(import.meta.dirname, page), 'utf8');

/** Section of ASVS 5.0.0 and how many requirements of level 1 and 2 it has; they stand before those of level 3. */
const requirements = `
  1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 · 2.1:3 2.2:3 2.3:4 2.4:1 · 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2
  4.1:3 4.2:1 4.3:2 4.4:4 · 5.1:1 5.2:3 5.3:2 5.4:3 · 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4
  7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 · 8.1:2 8.2:3 8.3:1 8.4:1 · 9.1:3 9.2:4
  10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 · 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1
  12.1:3 12.2:2 12.3:4 · 13.1:1 13.2:5 13.3:2 13.4:5 · 14.1:2 14.2:4 14.3:3
  15.1:3 15.2:3 15.3:7 · 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 · 17.1:1 17.2:4 17.3:2`;
const numbers = [...requirements.matchAll(/([\d.]+):(\d+)/g)].flatMap(([, section, count]) =>
  Array.from({ length: Number(count) }, (_, index) => `${section}.${index + 1}`),
);

/** The cells of each row of the tables in a text. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines.map((line) => line.split('|').slice(1, -1)).map((cells) => cells.map(trimmed));
}

const trimmed = (cell: string) => cell.trim();
const unquoted = (cell: string) => cell.replaceAll('`', '');

/** `1.2.6–1.2.8`: the numbers from the first to the last; none where one of them is no number of ours. */
function numbersOf(cell: string): readonly string[] {
  const [first = '', last = first] = cell.split('–');
  const [from, to] = [numbers.indexOf(first), numbers.indexOf(last)];
  return from < 0 || to < from ? [`"${cell}"`] : numbers.slice(from, to + 1);
}

const lines = rowsOf(read('asvs.md')).filter(([first = '']) => /^\d/.test(first));

test('each requirement of ASVS 5.0.0, level 1 and 2, has its one line', () => {
  expect(numbers).toHaveLength(253);
  expect(lines.flatMap(([cell = '']) => numbersOf(cell))).toEqual(numbers);
});

test('each line says how it stands, and what holds it or what it would take', () => {
  const states = ['held', 'not applicable', 'not held'];
  const counts = new Map(states.map((state) => [state, 0]));
  for (const [cell = '', asks = '', state = '', why = '', ...more] of lines) {
    expect([cell, states.includes(state), asks !== '' && why !== '', more]).toEqual([
      cell,
      true,
      true,
      [],
    ]);
    counts.set(state, (counts.get(state) ?? 0) + numbersOf(cell).length);
  }
  const told = states.map((state) => `${counts.get(state)} ${state}`).join(', ');
  expect(read('asvs.md')).toContain(`${numbers.length} numbers: ${told}.`);
});

/** A test, a page, or anything in one of the rooms. */
const namedPath =
  /`([^`\s]+\.(?:test\.tsx?|md)|(?:contracts|store|broker|edge-agent|command-center|standalone)\/[^`\s]+)`/g;

test.each(['security.md', 'asvs.md'])(
  'every test, page and file that %s names is there',
  (page) => {
    const named = [...read(page).matchAll(namedPath)].map(([, path = '']) => path);
    const paths = [...new Set(named)];
    const missing = paths.filter((path) => {
      // A whole path starts at the project's folder; a neighbour of the page has its name alone.
      return ![rootDir, import.meta.dirname].some((dir) => existsSync(join(dir, path)));
    });
    expect(paths.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
  },
);

test('the access table of security.md is that of the code', () => {
  const [, after = ''] = read('security.md').split('\n## Who may do what\n');
  const [head = [], , ...rows] = rowsOf(after.split('\n## ')[0] ?? '');
  const roles = head.slice(2, -1).map(unquoted);
  const told = rows.map((cells): readonly [string, Grants] => {
    const purposes = [...(cells.at(-1) ?? '').matchAll(/`([a-z-]+)`/g)].map(([, word]) => word);
    const granted = roles.filter((_, index) => cells[index + 2] === '●');
    return [unquoted(cells[0] ?? ''), Object.fromEntries(granted.map((role) => [role, purposes]))];
  });
  expect(told.map(([action]) => action)).toEqual(Object.keys(accessTable));
  expect(Object.fromEntries(told)).toEqual(accessTable);
});
