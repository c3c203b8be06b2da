import { expect, test } from 'vitest';
import {
  accessTable,
  administratorRoles,
  mayDo,
  narrowScope,
  purposesFor,
  refuseAccess,
  refusePurpose,
  refuseRoles,
  type AccountViewer,
  type Action,
  type Role,
  type Viewer,
} from './access.ts';

// The keys of the table are its actions.
const actions = Object.keys(accessTable) as Action[];

function account(roles: readonly Role[], region: string): AccountViewer {
  const session = { accountId: 'a', login: 'a', sessionId: 's' };
  const factor = { isFactorSetUp: false, hasSecondFactor: true };
  return { kind: 'account', ...session, ...factor, roles, region };
}

test('each role may do its own and no more', () => {
  const some = [
    'see-live',
    'see-people',
    'change-people',
    'withdraw-face',
    'change-terminals',
    'see-audit',
  ] as const;
  const allowed = (role: Role) => some.filter((action) => mayDo([role], action));
  expect(allowed('viewer')).toEqual(['see-live']);
  expect(allowed('dispatcher')).toEqual([
    'see-live',
    'see-people',
    'change-people',
    'withdraw-face',
  ]);
  expect(allowed('system-administrator')).toEqual(['see-live', 'change-terminals']);
  expect(allowed('security-administrator')).toEqual(['see-live']);
  expect(allowed('audit-administrator')).toEqual(['see-live', 'see-audit']);
  expect(mayDo([], 'see-live')).toBe(false);
});

test('a screen is a viewer whatever its region', () => {
  const screen: Viewer = { kind: 'viewer', tokenId: 't', region: '5402' };
  expect(refuseAccess(screen, 'see-live', '540235')).toBeNull();
  expect(refuseAccess(screen, 'see-people', '540235')?.code).toBe('role');
});

test('a role counts only inside its region', () => {
  const viewer = account(['registrar'], '540235');
  expect(refuseAccess(viewer, 'change-people', '540235100201')).toBeNull();
  expect(refuseAccess(viewer, 'change-people', '540221')?.code).toBe('outside-scope');
  expect(refuseAccess(viewer, 'change-people', '5402')?.code).toBe('outside-scope');
});

test('a list is narrowed to what is asked for and may be seen', () => {
  const viewer = account(['dispatcher'], '540235');
  expect(narrowScope(viewer, null)).toBe('540235');
  expect(narrowScope(viewer, '5402')).toBe('540235');
  expect(narrowScope(viewer, '540235100')).toBe('540235100');
  expect(narrowScope(viewer, '540221')).toBeNull();
});

test('an administrator does nothing before the second factor is proved', () => {
  const viewer = { ...account(['audit-administrator'], '5402'), hasSecondFactor: false };
  expect(refuseAccess(viewer, 'see-audit', '5402')?.code).toBe('second-factor-needed');
  expect(refuseAccess({ ...viewer, hasSecondFactor: true }, 'see-audit', '5402')).toBeNull();
  const daily = { ...account(['dispatcher'], '5402'), hasSecondFactor: false };
  expect(refuseAccess(daily, 'see-people', '5402')).toBeNull();
  const careful = { ...daily, isFactorSetUp: true };
  expect(refuseAccess(careful, 'see-people', '5402')?.code).toBe('second-factor-needed');
});

test('no administrator can read about people, and none can do what another does', () => {
  const personal = actions.filter((action) => purposesFor(administratorRoles, action).length > 0);
  // Only who read about somebody, which is the audit's own question.
  expect(personal).toEqual(['see-readings']);
  const own = administratorRoles.map((role) =>
    actions.filter((action) => mayDo([role], action) && !mayDo(['dispatcher'], action)),
  );
  const shared = own[0]?.filter((action) => own[1]?.includes(action) || own[2]?.includes(action));
  expect(shared).toEqual([]);
});

test('an administrator stands alone in an account, and is not made on a page', () => {
  expect(refuseRoles(['dispatcher', 'registrar'])).toBeNull();
  expect(refuseRoles(['dispatcher', 'audit-administrator'])?.code).toBe('administrators-apart');
  expect(refuseRoles(['system-administrator'])?.code).toBe('administrators-at-the-machine');
});

test('a purpose counts only where the table grants it', () => {
  const viewer = account(['dispatcher'], '5402');
  expect(refusePurpose(viewer, 'see-people', 'duty-watch')).toBeNull();
  expect(refusePurpose(viewer, 'see-people', 'subject-request')?.code).toBe('purpose');
  expect(refusePurpose(viewer, 'see-people', 'curiosity')?.code).toBe('purpose');
});
