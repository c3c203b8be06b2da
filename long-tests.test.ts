import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { longTests } from './long-tests.ts';

test('every file that starts first is there, and stands once', () => {
  expect(longTests.filter((file) => !existsSync(join(import.meta.dirname, file)))).toEqual([]);
  expect(new Set(longTests).size).toBe(longTests.length);
});
