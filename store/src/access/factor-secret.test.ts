import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { factorKeyFrom, openFactorSecret, sealFactorSecret } from './factor-secret.ts';

const accountId = randomUUID();
const secret = randomBytes(20);
const key = factorKeyFrom(randomBytes(32));
const sealed = sealFactorSecret(key, { accountId, secret });

test('a second factor opens under its own key, for its own account', () => {
  expect(openFactorSecret(key, { accountId, sealed })).toEqual(secret);
  expect(sealed.includes(secret)).toBe(false);
  const other = factorKeyFrom(randomBytes(32));
  expect(openFactorSecret(other, { accountId, sealed })).toBeNull();
  expect(openFactorSecret(key, { accountId: randomUUID(), sealed })).toBeNull();
});

test('a changed or cut text opens as nothing, and never twice the same seal', () => {
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(sealed.readUInt8(at) ^ 1, at);
    expect(openFactorSecret(key, { accountId, sealed: changed })).toBeNull();
    expect(openFactorSecret(key, { accountId, sealed: sealed.subarray(0, at) })).toBeNull();
  }
  expect(sealFactorSecret(key, { accountId, secret }).equals(sealed)).toBe(false);
});

test('a key of another length is a mistake that is said', () => {
  expect(() => factorKeyFrom(Buffer.alloc(16))).toThrow('has 16 bytes; 32 are needed');
});
