import { refuse, type Refusal } from '@sightline/contracts';

export interface Credentials {
  readonly login: string;
  readonly password: string;
}

/** Characters a password may have. */
export const credentialLimits = { passwordMinimum: 10, passwordMaximum: 128 } as const;

const loginExpression = /^[a-z][a-z0-9._-]{2,63}$/;

/** One spelling a login: small letters, without blanks around. */
export function normaliseLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}

/** Length rules, not character rules (NIST SP 800-63B 5.1.1.2); null when they may be set. */
export function refuseCredentials({ login, password }: Credentials): Refusal | null {
  if (!loginExpression.test(login)) {
    return refuse(
      'bad-login',
      'A login has 3 to 64 small letters, digits, dots, dashes or underscores, a letter first.',
    );
  }
  const { length } = password;
  const { passwordMinimum, passwordMaximum } = credentialLimits;
  if (length < passwordMinimum || length > passwordMaximum) {
    return refuse(
      'bad-password',
      `A password has ${passwordMinimum} to ${passwordMaximum} characters; this one has ${length}.`,
    );
  }
  if (password.toLowerCase().includes(login)) {
    return refuse('bad-password', 'The password may not contain the login.');
  }
  return null;
}
