import type { Grant } from '@sightline/contracts';
import { describe, expect, test } from 'vitest';
import { checkGrant, type GrantContext } from '#domain/check-grant.ts';

const hash = (text: string): string => `hash of ${text}`;
const grant: Grant = {
  grantId: 'g1',
  personId: 'ann',
  purpose: 'enrol-face',
  salt: 's',
  codeHash: hash('s\n12345678'),
  expiresAt: '2026-11-23T12:10:00.000Z',
};
const request = { personId: 'ann', purpose: 'enrol-face', code: '12345678' } as const;
const context: GrantContext = {
  now: Temporal.Instant.from('2026-11-23T12:00:00Z'),
  used: new Set(),
  hash,
};

describe('checkGrant', () => {
  test('the right code for that person and purpose opens the grant', () => {
    expect(checkGrant([grant], request, context)).toBe(grant);
  });

  test.each([
    ['code-wrong', { ...request, code: '00000000' }, context],
    ['code-foreign', { ...request, personId: 'bo' }, context],
    ['code-foreign', { ...request, purpose: 'set-pin' as const }, context],
    ['code-used', request, { ...context, used: new Set(['g1']) }],
    ['code-expired', request, { ...context, now: Temporal.Instant.from(grant.expiresAt) }],
  ])('refuses with %s', (code, wrong, at) => {
    expect(checkGrant([grant], wrong, at)).toMatchObject({ refused: true, code });
  });
});
