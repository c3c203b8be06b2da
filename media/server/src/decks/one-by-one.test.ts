import { expect, test } from 'vitest';
import { makeOneByOne } from './one-by-one.ts';

test('work is done one by one in its order, a fault stops none of it, and too much is not taken', async () => {
  const run = makeOneByOne(3);
  const first = Promise.withResolvers<string>();
  const begun: string[] = [];
  const work = (name: string, result: () => Promise<string>) =>
    run(() => {
      begun.push(name);
      return result();
    });
  const one = work('one', () => first.promise);
  const two = work('two', () => Promise.reject(new Error('no')));
  const three = work('three', async () => 'third');
  expect(work('four', async () => 'fourth')).toBeNull();
  await Promise.resolve();
  expect(begun).toEqual(['one']);
  first.resolve('first');
  expect(await one).toBe('first');
  await expect(two).rejects.toThrow('no');
  expect(await three).toBe('third');
  expect(begun).toEqual(['one', 'two', 'three']);
  expect(await work('five', async () => 'fifth')).toBe('fifth');
});
