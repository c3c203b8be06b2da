import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { zh } from './zh.ts';

/** The codes that stand in the agent's source as `refuse('code', …)`. */
function codesIn(folder: string): string[] {
  return globSync(`${import.meta.dirname}/../../src/${folder}/*.ts`)
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/refuse\(\s*'([a-z-]+)'/g)])
    .map((match) => match[1] ?? '');
}

test('every refusal that the kiosk can be given has words of its own', () => {
  const codes = new Set(['domain', 'face', 'kiosk', 'outbox'].flatMap(codesIn));
  expect(codes.size).toBeGreaterThan(15);
  expect([...codes].filter((code) => !Object.hasOwn(zh.refusal, code))).toEqual([]);
});

test('every no to an own PIN has words for the witness’s PIN too', () => {
  const own = Object.keys(zh.refusal).filter((code) => code.startsWith('pin-'));
  expect(own.filter((code) => !Object.hasOwn(zh.refusal, `witness-${code}`))).toEqual([]);
});
