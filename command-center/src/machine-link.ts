import { isRegion, type AccountRole, type Region } from '@sightline/contracts';
import {
  appendAudit,
  ensureAccount,
  inTransaction,
  issueSignInLink,
  removeFactor,
  revokeSessions,
  topRegions,
  type Store,
} from '@sightline/store';

/** 三员, as they are named at the machine. */
const roleOfName: Readonly<Record<string, AccountRole>> = {
  system: 'system-administrator',
  security: 'security-administrator',
  audit: 'audit-administrator',
};

export interface MachineLinkOptions {
  /** `system`, `security` or `audit`. */
  readonly role: string;
  /** The first of the register unless given. */
  readonly region?: string | undefined;
  /** For a lost device with no recovery code left: the account's sessions end too. */
  readonly resetSecondFactor?: boolean | undefined;
}

/**
 * A one-time sign-in link for one of the three administrators, who are made nowhere else, and the way
 * back in. Throws one plain sentence. Whoever may run this holds the database anyway: the audit says so.
 */
export async function issueMachineLink(
  store: Store,
  options: MachineLinkOptions,
): Promise<{ readonly token: string; readonly expiresAt: string }> {
  const role = roleOfName[options.role];
  if (role === undefined) {
    throw new Error(
      `"${options.role}" is no administrator: system, security or audit is expected.`,
    );
  }
  const region = options.region ?? (await firstRegion(store));
  if (!isRegion(region)) throw new Error(`"${options.region ?? ''}" is no region code.`);
  const now = Temporal.Now.instant();
  return inTransaction(store, async (client) => {
    const accountId = await ensureAccount(client, { roles: [role], region, now });
    const note = (what: string) => {
      const subject = `account:${accountId}`;
      const entry = { who: 'system:machine', what, region, purpose: 'access-upkeep', subject };
      return appendAudit(client, { entry, now });
    };
    if (options.resetSecondFactor === true) {
      await note('second-factor.reset');
      await removeFactor(client, accountId);
      await revokeSessions(client, { accountId, now });
    }
    await note('account.link');
    return issueSignInLink(client, { accountId, now });
  });
}

async function firstRegion(store: Store): Promise<Region> {
  const [region] = await topRegions(store.pool);
  if (region === undefined) throw new Error('The register is empty: start the centre once first.');
  return region;
}
