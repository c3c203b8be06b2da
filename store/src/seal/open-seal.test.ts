import { expect, test } from 'vitest';
import { openSeal } from './open-seal.ts';
import { makeKeyPair } from './testing-seal.ts';

/** Sealed once by a terminal's own code (`edge-agent`, seal-text.ts): both sides mean the same. */
const vector = {
  complaintId: '0190a5d4-0000-7000-8000-000000000042',
  privateKey: 'MC4CAQAwBQYDK2VuBCIEIJCXOPceKfuuXCy9PsXNpAkZ6R4XFBipuwkvKzRQcKdI',
  enc: 'CjFBMU0pHLhfUvPuat3C-SWTOHxXNFORb_iOc-bkejY',
  box: 'NKvXA55JVvQO-xjUoiwvTzkiGcP7xYyiYVrKmh_-9fjP9JQvwHRQe0RWLF5w0xaBccgPkXoSPgjf7wrle3m-LALYJXWkYzlhkyclvQBlVr390rJwbgc7EA6b1A',
};
const bound = { kind: 'complaint', id: vector.complaintId } as const;
const key = Buffer.from(vector.privateKey, 'base64url');

test('what a terminal sealed is read by the centre, in any script', () => {
  expect(openSeal(bound, vector, key)).toEqual({
    text: '摄像头坏了 བརྙན་ཆས།',
    contact: '13800000000',
  });
});

test('nothing is read with another key, for another complaint, as another kind, or when one letter was changed', () => {
  const other = makeKeyPair().privateKey;
  const changed = `${vector.box.slice(0, 20)}${vector.box[20] === 'A' ? 'B' : 'A'}${vector.box.slice(21)}`;
  expect(openSeal(bound, vector, other)).toBeNull();
  expect(
    openSeal({ ...bound, id: '0190a5d4-0000-7000-8000-000000000043' }, vector, key),
  ).toBeNull();
  expect(openSeal({ ...bound, kind: 'hand-over' }, vector, key)).toBeNull();
  expect(openSeal({ ...bound, kind: 'appeal' }, vector, key)).toBeNull();
  expect(openSeal(bound, { ...vector, box: changed }, key)).toBeNull();
  expect(openSeal(bound, { ...vector, box: 'AAAA' }, key)).toBeNull();
  expect(openSeal(bound, { ...vector, enc: 'A'.repeat(43) }, key)).toBeNull();
});
