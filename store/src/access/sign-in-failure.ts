import type { Queryable } from '#engine/store.ts';

export interface SignInAttempt {
  readonly login: string;
  readonly address: string;
  readonly now: Temporal.Instant;
  readonly window: Temporal.Duration;
}

/**
 * Notes an attempt as failed before its password is looked at, and counts the window's failures, this
 * one included: attempts made at once cannot slip under a ceiling. Forget it when the sign-in succeeds.
 */
export async function noteSignInAttempt(
  store: Queryable,
  attempt: SignInAttempt,
): Promise<{
  readonly attemptId: number;
  readonly ofLogin: number;
  readonly ofAddress: number;
}> {
  const noted = await store.query<{ failure_id: number }>(
    `with past as (delete from sign_in_failure where at < $4)
     insert into sign_in_failure (login, address, at) values ($1, $2, $3) returning failure_id`,
    [
      attempt.login,
      attempt.address,
      attempt.now.toString(),
      attempt.now.subtract(attempt.window).toString(),
    ],
  );
  const counted = await store.query<{ of_login: number; of_address: number }>(
    `select count(*) filter (where login = $1)::int as of_login,
            count(*) filter (where address = $2)::int as of_address
     from sign_in_failure where (login = $1 or address = $2) and at >= $3`,
    [attempt.login, attempt.address, attempt.now.subtract(attempt.window).toString()],
  );
  return {
    attemptId: noted.rows[0]?.failure_id ?? 0,
    ofLogin: counted.rows[0]?.of_login ?? 0,
    ofAddress: counted.rows[0]?.of_address ?? 0,
  };
}

/** The attempt succeeded: it and the login's earlier failures no longer count. */
export async function forgetSignInFailures(
  store: Queryable,
  { attemptId, login }: { readonly attemptId: number; readonly login: string },
): Promise<void> {
  await store.query('delete from sign_in_failure where failure_id = $1 or login = $2', [
    attemptId,
    login,
  ]);
}
