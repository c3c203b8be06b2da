import { normaliseLogin, refuseCredentials } from '#domain/sign-in.ts';

export type Missing = 'login' | 'password' | 'again';

/** By the server's own rule: what still keeps new credentials from being set; null = nothing. */
export function refuseNewCredentials(given: {
  readonly login: string;
  readonly password: string;
  readonly again: string;
}): Missing | null {
  const login = normaliseLogin(given.login);
  const refusal = refuseCredentials({ login, password: given.password });
  if (refusal?.code === 'bad-login') return 'login';
  if (refusal !== null) return 'password';
  return given.again === given.password ? null : 'again';
}
