import { expect, test } from 'vitest';
import { hashPassword, passwordChecker } from './passwords.ts';

/** $argon2id$v=19$m=…,t=…,p=…: what a verification costs. */
const costOf = (hash: string) => hash.split('$').slice(1, 4).join('$');

test('an unknown login costs the same hash as a known one, and never matches', async () => {
  const costs: string[] = [];
  const check = await passwordChecker((hash) => {
    costs.push(costOf(hash.toString()));
    return Promise.resolve(true);
  });
  const known = await hashPassword('correct horse');
  expect(await check(known, 'correct horse')).toBe(true);
  expect(await check(null, 'correct horse')).toBe(false);
  expect(costs).toEqual([costOf(known), costOf(known)]);
});
