import type { Me } from '@sightline/contracts';
import { isAdministrator, owesSecondFactor, type Viewer } from './access.ts';

/** 动态口令: RFC 6238 with what every authenticator app can do. */
export const timeCode = { digits: 6, periodSeconds: 30, issuer: 'Sightline' } as const;

/** 备用码: 24 letters and digits of Crockford's alphabet, 5 bits each, so 120 bits. */
export const recoveryCode = { count: 10, letters: 24, perGroup: 4 } as const;

/** Crockford's base 32: no I, L, O and U, which read like others. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What somebody typed or pasted as a second factor. */
export type TypedCode =
  | { readonly kind: 'time'; readonly code: string }
  | { readonly kind: 'recovery'; readonly code: string };

/** Reads a code with blanks, dashes and look-alike letters; null = it can be neither kind. */
export function readTypedCode(text: string): TypedCode | null {
  const code = text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();
  if (/^\d{6}$/.test(code)) return { kind: 'time', code };
  const recovery = code.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const isWhole = recovery.length === recoveryCode.letters;
  if (!isWhole || Array.from(recovery).some((letter) => !alphabet.includes(letter))) return null;
  return { kind: 'recovery', code: recovery };
}

/** A recovery code of so many random 5-bit numbers. */
export function writeRecoveryCode(numbers: readonly number[]): string {
  return numbers.map((number) => alphabet.charAt(number % alphabet.length)).join('');
}

/** As it is printed: groups of four. */
export function groupRecoveryCode(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** Where a viewer stands with the second factor; null where none is asked of them. */
export function secondFactorOf(viewer: Viewer): Me['secondFactor'] {
  if (viewer.kind === 'viewer') return null;
  if (!viewer.isFactorSetUp && !isAdministrator(viewer.roles)) return null;
  if (!owesSecondFactor(viewer)) return 'proven';
  return viewer.isFactorSetUp ? 'to-prove' : 'to-set-up';
}
