import { Secret } from 'otpauth';
import { expect, test } from 'vitest';
import { newFactorSecret, newRecoveryCodes, offerOf, stepOfCode } from './second-factor-code.ts';

/** RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
const published = Buffer.from('12345678901234567890');
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const;

const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1_000);

test.each(vectors)(
  'at %i s the published code is %s, good one step before and after',
  (s, code) => {
    const step = Math.floor(s / 30);
    for (const offset of [-30, 0, 30]) {
      expect(stepOfCode(published, code, at(s + offset))).toBe(step);
    }
    for (const offset of [-90, 90]) expect(stepOfCode(published, code, at(s + offset))).toBeNull();
  },
);

test('an offer holds the secret that the codes come from', () => {
  const secret = newFactorSecret();
  const offer = offerOf(secret, 'tashi');
  expect(Buffer.from(Secret.fromBase32(offer.secret).bytes)).toEqual(secret);
  expect(offer.uri).toContain('otpauth://totp/Sightline:tashi?issuer=Sightline');
  expect(offer.uri).toContain(`secret=${offer.secret}`);
});

test('recovery codes are ten, of 24 letters, and no two alike', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  expect(codes.every((code) => /^[0-9A-HJKMNP-TV-Z]{24}$/.test(code))).toBe(true);
});
