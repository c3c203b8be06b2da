import { dictionary } from '@zxcvbn-ts/language-common';
import { refuse, type Refusal } from '@sightline/contracts';
import { credentialLimits } from '#domain/sign-in.ts';

const common = new Set(
  dictionary['passwords-common'].filter(({ length }) => length >= credentialLimits.passwordMinimum),
);

/** Nobody sets a password that everybody tries first (ASVS 5.0 6.2.4); null when it is none of those. */
export function refuseCommonPassword(password: string): Refusal | null {
  if (!common.has(password.toLowerCase())) return null;
  return refuse('common-password', 'This password is one of the most used. Choose a sentence.');
}
