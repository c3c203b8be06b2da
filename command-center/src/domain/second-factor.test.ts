import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccountViewer } from './access.ts';
import {
  groupRecoveryCode,
  readTypedCode,
  recoveryCode,
  secondFactorOf,
  writeRecoveryCode,
} from './second-factor.ts';

const account = (given: Partial<AccountViewer>): AccountViewer => ({
  kind: 'account',
  accountId: 'a',
  login: 'a',
  sessionId: 's',
  roles: ['dispatcher'],
  region: '5402',
  isFactorSetUp: false,
  hasSecondFactor: false,
  ...given,
});

test('an administrator sets up, then proves; others only once they switched it on', () => {
  const of = (given: Partial<AccountViewer>) => secondFactorOf(account(given));
  const roles = ['audit-administrator'] as const;
  expect(of({ roles })).toBe('to-set-up');
  expect(of({ roles, isFactorSetUp: true })).toBe('to-prove');
  expect(of({ roles, isFactorSetUp: true, hasSecondFactor: true })).toBe('proven');
  expect(of({})).toBeNull();
  expect(of({ isFactorSetUp: true })).toBe('to-prove');
  expect(of({ isFactorSetUp: true, hasSecondFactor: true })).toBe('proven');
  expect(secondFactorOf({ kind: 'viewer', tokenId: 't', region: '5402' })).toBeNull();
});

test('a code is read with blanks, dashes, wide digits and look-alike letters, and nothing else is one', () => {
  expect(readTypedCode(' 123 456 ')).toEqual({ kind: 'time', code: '123456' });
  expect(readTypedCode('１２３４５６')).toEqual({ kind: 'time', code: '123456' });
  const typed = 'oil0-ABCD-EFGH-JKMN-PQRS-TVWX';
  expect(readTypedCode(typed)).toEqual({ kind: 'recovery', code: '0110ABCDEFGHJKMNPQRSTVWX' });
  for (const wrong of ['', '12345', '1234567', '12345a', `${typed}Y`, typed.replace('A', 'U')]) {
    expect([wrong, readTypedCode(wrong)]).toEqual([wrong, null]);
  }
});

test('every recovery code that is written can be read as it is printed', () => {
  const numbers = fc.array(fc.nat(31), {
    minLength: recoveryCode.letters,
    maxLength: recoveryCode.letters,
  });
  fc.assert(
    fc.property(numbers, (drawn) => {
      const code = writeRecoveryCode(drawn);
      expect(readTypedCode(groupRecoveryCode(code).toLowerCase())).toEqual({
        kind: 'recovery',
        code,
      });
    }),
    { seed: 5402 },
  );
});
