import {
  isWithin,
  refuse,
  type AccountRole,
  type ReadingPurpose,
  type Refusal,
  type Region,
} from '@sightline/contracts';

/** 角色. What an account is trusted with; the link of a screen carries `viewer`. */
export type Role = AccountRole;

/** 用途. Why somebody reads about people; stands in the audit beside who read. */
export type Purpose = ReadingPurpose;

/** Everything the centre can be asked to do, in the words of its pages. */
export type Action =
  | 'see-live'
  | 'see-villages'
  | 'see-people'
  | 'change-people'
  | 'issue-grant'
  | 'withdraw-face'
  | 'see-roster'
  | 'change-roster'
  | 'see-ledger'
  | 'correct-ledger'
  | 'see-reachability'
  | 'see-spot-checks'
  | 'order-spot-check'
  | 'change-watch-rules'
  | 'send-notices'
  | 'see-meetings'
  | 'hold-meetings'
  | 'join-meetings'
  | 'keep-records'
  | 'run-training'
  | 'see-trouble'
  | 'change-terminals'
  | 'see-organisations'
  | 'change-organisations'
  | 'see-members'
  | 'change-members'
  | 'import-register'
  | 'change-regions'
  | 'see-composition'
  | 'see-complaints'
  | 'answer-complaints'
  | 'see-readings'
  | 'see-audit'
  | 'change-access';

/** Role → the purposes it may name; none listed = nothing personal is read, so no purpose is asked. */
export type Grants = Readonly<Partial<Record<Role, readonly Purpose[]>>>;

const system = 'system-administrator';
const security = 'security-administrator';
const audit = 'audit-administrator';

/** People of villages, as those who keep the watch need them. */
const ofTheWatch = ['duty-watch', 'roster-upkeep', 'vouching', 'consent-upkeep'] as const;
const ofTheDuty = ['duty-watch', 'roster-upkeep'] as const;
const ofTheRegister = ['register-upkeep', 'data-quality', 'subject-request'] as const;

/**
 * Who may do what, and why: the one table that serves routes, sockets and buttons. The third measure,
 * the region, is the account's own: nothing here reaches outside it (`refuseAccess`).
 */
export const accessTable: Readonly<Record<Action, Grants>> = {
  'see-live': open('viewer', 'dispatcher', 'registrar', system, security, audit),
  'see-villages': open('viewer', 'dispatcher', 'registrar', system, security, audit),
  'see-people': { dispatcher: ofTheWatch, registrar: ofTheWatch },
  'change-people': open('dispatcher', 'registrar'),
  'issue-grant': open('dispatcher', 'registrar'),
  'withdraw-face': open('dispatcher', 'registrar'),
  'see-roster': { dispatcher: ofTheDuty, registrar: ofTheDuty },
  'change-roster': open('dispatcher', 'registrar'),
  'see-ledger': { dispatcher: ofTheDuty, registrar: ofTheDuty },
  'correct-ledger': open('dispatcher', 'registrar'),
  'see-reachability': open('viewer', 'dispatcher', 'registrar', system, security, audit),
  'see-spot-checks': { dispatcher: ['duty-watch'], registrar: ['duty-watch'] },
  'order-spot-check': open('dispatcher'),
  'change-watch-rules': open('registrar'),
  'send-notices': open('dispatcher'),
  'see-meetings': { dispatcher: ['duty-watch'], registrar: ['duty-watch'] },
  'hold-meetings': open('dispatcher'),
  'join-meetings': open('dispatcher', 'registrar'),
  'keep-records': open('registrar'),
  'run-training': { dispatcher: ['training'], registrar: ['training'] },
  'see-trouble': open('dispatcher', system, audit),
  'change-terminals': open(system),
  'see-organisations': open('dispatcher', 'registrar', system),
  'change-organisations': open('registrar'),
  'see-members': { registrar: ofTheRegister },
  'change-members': open('registrar'),
  'import-register': open('registrar'),
  'change-regions': open(system),
  'see-composition': open('dispatcher', 'registrar'),
  'see-complaints': { dispatcher: ['complaint'], registrar: ['complaint'] },
  'answer-complaints': open('dispatcher', 'registrar'),
  'see-readings': {
    dispatcher: ['subject-request'],
    registrar: ['subject-request'],
    [audit]: ['subject-request'],
  },
  'see-audit': open(audit),
  'change-access': open(security),
};

function open(...roles: readonly Role[]): Grants {
  return Object.fromEntries(roles.map((role) => [role, []]));
}

/** 三员. Each stands alone in an account, and all prove a second factor. */
export const administratorRoles: readonly Role[] = [system, security, audit];

export function isAdministrator(roles: readonly Role[]): boolean {
  return roles.some((role) => administratorRoles.includes(role));
}

/** Somebody the server knows: a signed-in account, or a screen with a viewer token. */
export type Viewer = AccountViewer | ScreenViewer;

export interface AccountViewer {
  readonly kind: 'account';
  readonly accountId: string;
  readonly login: string;
  readonly sessionId: string;
  readonly roles: readonly Role[];
  readonly region: Region;
  /** The account has a confirmed second factor. */
  readonly isFactorSetUp: boolean;
  /** This session proved the second factor. */
  readonly hasSecondFactor: boolean;
}

export interface ScreenViewer {
  readonly kind: 'viewer';
  readonly tokenId: string;
  readonly region: Region;
}

export function rolesOf(viewer: Viewer): readonly Role[] {
  return viewer.kind === 'viewer' ? ['viewer'] : viewer.roles;
}

/** The roles that may do this. */
export function rolesFor(action: Action): readonly Role[] {
  // The keys of a Grants are roles.
  return Object.keys(accessTable[action]) as Role[];
}

export function mayDo(roles: readonly Role[], action: Action): boolean {
  return roles.some((role) => accessTable[action][role] !== undefined);
}

/** Why these roles may do this; empty = no purpose is asked, or they may not do it at all. */
export function purposesFor(roles: readonly Role[], action: Action): readonly Purpose[] {
  return [...new Set(roles.flatMap((role) => accessTable[action][role] ?? []))];
}

/** Whether somebody may do this anywhere at all: null, or the sentence the button shows. */
export function refuseRole(viewer: Viewer, action: Action): Refusal | null {
  const roles = rolesOf(viewer);
  if (!mayDo(roles, action)) {
    return refuse('role', `This needs the role ${rolesFor(action).join(' or ')}.`);
  }
  return refuseUnproven(viewer);
}

/** An administrator's session, and that of anybody who switched a second factor on, proves it first. */
export function owesSecondFactor(viewer: Viewer): boolean {
  if (viewer.kind === 'viewer' || viewer.hasSecondFactor) return false;
  return viewer.isFactorSetUp || isAdministrator(viewer.roles);
}

/** Whether a session may do anything but prove its second factor. */
export function refuseUnproven(viewer: Viewer): Refusal | null {
  if (!owesSecondFactor(viewer)) return null;
  return refuse('second-factor-needed', 'Prove the second factor first.');
}

/** Whether a viewer may do this there: null, or the sentence the button shows. */
export function refuseAccess(viewer: Viewer, action: Action, region: Region): Refusal | null {
  return refuseRole(viewer, action) ?? refuseRegion(viewer, region);
}

export function refuseRegion(viewer: Viewer, region: Region): Refusal | null {
  if (isWithin(region, viewer.region)) return null;
  return refuse('outside-scope', `${region} lies outside your region ${viewer.region}.`);
}

/** Whether this purpose is one of those the viewer's roles may read for. */
export function refusePurpose(viewer: Viewer, action: Action, purpose: string): Refusal | null {
  const allowed: readonly string[] = purposesFor(rolesOf(viewer), action);
  if (allowed.includes(purpose)) return null;
  return refuse('purpose', `"${purpose}" is no purpose of yours here: ${allowed.join(', ')}.`);
}

/** The narrower of what was asked for and what the viewer may see; null when they do not meet. */
export function narrowScope(viewer: Viewer, asked: Region | null): Region | null {
  if (asked === null || isWithin(viewer.region, asked)) return viewer.region;
  return isWithin(asked, viewer.region) ? asked : null;
}

/** Whether an account may hold these roles together. */
export function refuseRoles(roles: readonly Role[]): Refusal | null {
  if (!isAdministrator(roles)) return null;
  if (roles.length > 1) {
    return refuse('administrators-apart', 'An administrator holds no other role.');
  }
  return refuse(
    'administrators-at-the-machine',
    'Accounts of administrators are made at the machine itself: npm run -w @sightline/command-center sign-in-link -- ROLE.',
  );
}
