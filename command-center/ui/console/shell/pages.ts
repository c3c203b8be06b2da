import type { AccountRole } from '@sightline/contracts';
import { mayDo, type Action } from '#domain/access.ts';

/** A page of the console: behind `/console/<path>`, for those who may do its action. */
export interface ConsolePage {
  readonly path: PagePath;
  readonly action: Action;
  /** `g`, then this letter, goes there. */
  readonly key: string;
}

export type PagePath =
  | 'villages'
  | 'roster'
  | 'ledger'
  | 'checks'
  | 'reminders'
  | 'notices'
  | 'meetings'
  | 'courses'
  | 'terminals'
  | 'organisations'
  | 'imports'
  | 'quality'
  | 'complaints'
  | 'trouble'
  | 'audit'
  | 'access';

/** As they stand in the top line: the daily work first. */
const pages: readonly ConsolePage[] = [
  { path: 'villages', action: 'see-villages', key: 'v' },
  { path: 'roster', action: 'see-roster', key: 'w' },
  { path: 'ledger', action: 'see-ledger', key: 'l' },
  { path: 'checks', action: 'see-spot-checks', key: 'k' },
  { path: 'reminders', action: 'see-roster', key: 'n' },
  { path: 'notices', action: 'send-notices', key: 'm' },
  { path: 'meetings', action: 'see-meetings', key: 'h' },
  { path: 'courses', action: 'run-training', key: 'p' },
  { path: 'terminals', action: 'see-villages', key: 't' },
  { path: 'organisations', action: 'see-organisations', key: 'o' },
  { path: 'imports', action: 'import-register', key: 'i' },
  { path: 'quality', action: 'see-organisations', key: 'd' },
  { path: 'complaints', action: 'see-complaints', key: 'c' },
  { path: 'trouble', action: 'see-trouble', key: 'r' },
  { path: 'audit', action: 'see-audit', key: 'a' },
  { path: 'access', action: 'change-access', key: 'u' },
];

/** The pages these roles may see. */
export function pagesFor(roles: readonly AccountRole[]): readonly ConsolePage[] {
  return pages.filter(({ action }) => mayDo(roles, action));
}

/** What an account came for, where that is not the first page it may see. */
const firstPages: Readonly<Partial<Record<AccountRole, PagePath>>> = {
  'security-administrator': 'access',
  'audit-administrator': 'audit',
  'system-administrator': 'terminals',
};

/** Where an account lands. */
export function firstPageFor(roles: readonly AccountRole[]): PagePath {
  const own = roles.map((role) => firstPages[role]).find((path) => path !== undefined);
  return own ?? pagesFor(roles)[0]?.path ?? 'villages';
}
