import { randomUUID } from 'node:crypto';
import { regionRange, type AccountRole, type Region } from '@sightline/contracts';
import { isoText } from '#engine/iso-text.ts';
import type { Queryable } from '#engine/store.ts';
import { endAccountLink } from './account-person.ts';

/** 账号. Someone who signs in; `login` is null until their first sign-in link was used. */
export interface Account {
  readonly accountId: string;
  readonly login: string | null;
  readonly roles: readonly AccountRole[];
  readonly region: Region;
  readonly createdAt: string;
  readonly disabledAt: string | null;
}

/** An account as a list shows it: of which village the person is that it stands for, never who. */
export interface ListedAccount extends Account {
  readonly person: { readonly region: Region; readonly since: string } | null;
}

interface AccountRow {
  readonly account_id: string;
  readonly login: string | null;
  readonly password_hash: string | null;
  readonly roles: AccountRole[];
  readonly region: string;
  readonly created_at: string;
  readonly disabled_at: string | null;
}

export interface NewAccount {
  readonly roles: readonly AccountRole[];
  readonly region: Region;
  readonly now: Temporal.Instant;
}

/** Makes an account without login or password: its first sign-in link asks for them. */
export async function createAccount(store: Queryable, account: NewAccount): Promise<string> {
  const accountId = randomUUID();
  await store.query(
    'insert into account (account_id, roles, region, created_at) values ($1, $2, $3, $4)',
    [accountId, account.roles, account.region, account.now.toString()],
  );
  return accountId;
}

/** The first open account with just these roles in that very region, made when there is none; its id. */
export async function ensureAccount(store: Queryable, account: NewAccount): Promise<string> {
  const { rows } = await store.query<{ account_id: string }>(
    `select account_id from account
     where roles @> $1 and roles <@ $1 and region = $2 and disabled_at is null
     order by created_at limit 1`,
    [account.roles, account.region],
  );
  return rows[0]?.account_id ?? createAccount(store, account);
}

/** The account of a login with its password hash, or null. Disabled accounts are not found. */
export async function findAccountByLogin(
  store: Queryable,
  login: string,
): Promise<(Account & { readonly passwordHash: string }) | null> {
  const { rows } = await store.query<AccountRow>(
    'select * from account where login = $1 and disabled_at is null',
    [login],
  );
  const [row] = rows;
  if (row === undefined || row.password_hash === null) return null;
  return { ...accountOf(row), passwordHash: row.password_hash };
}

export async function findAccount(store: Queryable, accountId: string): Promise<Account | null> {
  const { rows } = await store.query<AccountRow>('select * from account where account_id = $1', [
    accountId,
  ]);
  return rows[0] === undefined ? null : accountOf(rows[0]);
}

/** Sets login and password once; false where the login is taken or the account already has one. */
export async function setCredentials(
  store: Queryable,
  credentials: {
    readonly accountId: string;
    readonly login: string;
    readonly passwordHash: string;
  },
): Promise<boolean> {
  const { rowCount } = await store.query(
    `update account set login = $2, password_hash = $3
     where account_id = $1 and login is null
       and not exists (select 1 from account where login = $2)`,
    [credentials.accountId, credentials.login, credentials.passwordHash],
  );
  return rowCount === 1;
}

/** Sets a new password and ends the account's sessions but this one. */
export async function changePassword(
  store: Queryable,
  to: {
    readonly accountId: string;
    readonly sessionId: string;
    readonly passwordHash: string;
    readonly now: Temporal.Instant;
  },
): Promise<void> {
  await store.query(
    `with changed as (update account set password_hash = $2 where account_id = $1)
     update session set revoked_at = $4
     where account_id = $1 and session_id <> $3 and revoked_at is null`,
    [to.accountId, to.passwordHash, to.sessionId, to.now.toString()],
  );
}

/** Accounts of regions within the scope, the oldest first; `after` is the last one of the page before. */
export async function listAccounts(
  store: Queryable,
  page: {
    readonly scope: Region;
    readonly after: { readonly at: string; readonly id: string } | null;
    readonly limit: number;
  },
): Promise<ListedAccount[]> {
  const { from, to } = regionRange(page.scope);
  const { rows } = await store.query<AccountRow & Pick<ListedAccount, 'person'>>(
    `select account.*, (
       select jsonb_build_object('region', p.region, 'since', ${isoText('a.linked_at')})
       from account_person a join person p using (person_id)
       where a.account_id = account.account_id and a.ended_at is null) as person
     from account
     where region >= $1 and region < $2
       and ($3::timestamptz is null or (created_at, account_id) > ($3, $4::uuid))
     order by created_at, account_id limit $5`,
    [from, to, page.after?.at ?? null, page.after?.id ?? null, page.limit],
  );
  return rows.map((row) => ({ ...accountOf(row), person: row.person }));
}

/** The logins of accounts, by account id; those without one are left out. */
export async function loginsOf(
  store: Queryable,
  accountIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await store.query<{ account_id: string; login: string }>(
    'select account_id, login from account where account_id::text = any ($1) and login is not null',
    [accountIds],
  );
  return new Map(rows.map((row) => [row.account_id, row.login]));
}

/** Closes an account and ends its sessions and its link with a person. */
export async function disableAccount(
  store: Queryable,
  {
    accountId,
    now,
    actor,
  }: { readonly accountId: string; readonly now: Temporal.Instant; readonly actor: string },
): Promise<void> {
  await store.query(
    `with closed as (
       update account set disabled_at = $2 where account_id = $1 and disabled_at is null
       returning account_id)
     update session set revoked_at = $2
     where account_id in (select account_id from closed) and revoked_at is null`,
    [accountId, now.toString()],
  );
  await endAccountLink(store, { accountId }, { now, actor });
}

function accountOf(row: AccountRow): Account {
  return {
    accountId: row.account_id,
    login: row.login,
    roles: row.roles,
    region: row.region,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
  };
}
