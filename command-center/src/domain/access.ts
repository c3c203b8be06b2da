import { isWithin, refuse, type Refusal, type Region } from '@sightline/contracts';

/** 角色. What an account is trusted with; a viewer token of a screen carries `viewer`. */
export type Role = 'administrator' | 'dispatcher' | 'viewer';

/** Everything the centre can be asked to do, in the words of its pages. */
export type Action =
  | 'see-live'
  | 'see-villages'
  | 'see-people'
  | 'change-people'
  | 'issue-grant'
  | 'withdraw-face'
  | 'see-trouble'
  | 'change-terminals'
  | 'see-audit'
  | 'change-access';

/** Who may do what: the one table that serves the routes and the buttons. */
export const rolesFor: Readonly<Record<Action, readonly Role[]>> = {
  'see-live': ['administrator', 'dispatcher', 'viewer'],
  'see-villages': ['administrator', 'dispatcher', 'viewer'],
  'see-people': ['administrator', 'dispatcher'],
  'change-people': ['administrator', 'dispatcher'],
  'issue-grant': ['administrator', 'dispatcher'],
  'withdraw-face': ['administrator', 'dispatcher'],
  'see-trouble': ['administrator', 'dispatcher'],
  'change-terminals': ['administrator'],
  'see-audit': ['administrator'],
  'change-access': ['administrator'],
};

/** Somebody the server knows: a signed-in account, or a screen with a viewer token. */
export type Viewer = AccountViewer | ScreenViewer;

export interface AccountViewer {
  readonly kind: 'account';
  readonly accountId: string;
  readonly login: string;
  readonly sessionId: string;
  readonly roles: readonly Role[];
  readonly region: Region;
}

export interface ScreenViewer {
  readonly kind: 'viewer';
  readonly tokenId: string;
  readonly region: Region;
}

export function rolesOf(viewer: Viewer): readonly Role[] {
  return viewer.kind === 'viewer' ? ['viewer'] : viewer.roles;
}

export function mayDo(roles: readonly Role[], action: Action): boolean {
  return rolesFor[action].some((role) => roles.includes(role));
}

/** Whether a viewer may do this there: null, or the sentence the button shows. */
export function refuseAccess(viewer: Viewer, action: Action, region: Region): Refusal | null {
  const roles = rolesOf(viewer);
  if (!mayDo(roles, action)) {
    return refuse('role', `This needs the role ${rolesFor[action].join(' or ')}.`);
  }
  if (!isWithin(region, viewer.region)) {
    return refuse('outside-scope', `${region} lies outside your region ${viewer.region}.`);
  }
  return null;
}

/** The narrower of what was asked for and what the viewer may see; null when they do not meet. */
export function narrowScope(viewer: Viewer, asked: Region | null): Region | null {
  if (asked === null || isWithin(viewer.region, asked)) return viewer.region;
  return isWithin(asked, viewer.region) ? asked : null;
}
