import { expect, test } from 'vitest';
import { mayDo, narrowScope, refuseAccess, type Role, type Viewer } from './access.ts';

function account(roles: readonly Role[], region: string): Viewer {
  return { kind: 'account', accountId: 'a', login: 'a', sessionId: 's', roles, region };
}

test('each role may do its own and no more', () => {
  const actions = [
    'see-live',
    'see-people',
    'change-people',
    'withdraw-face',
    'change-terminals',
    'see-audit',
  ] as const;
  const allowed = (role: Role) => actions.filter((action) => mayDo([role], action));
  expect(allowed('viewer')).toEqual(['see-live']);
  expect(allowed('dispatcher')).toEqual([
    'see-live',
    'see-people',
    'change-people',
    'withdraw-face',
  ]);
  expect(allowed('administrator')).toEqual(actions);
  expect(mayDo([], 'see-live')).toBe(false);
});

test('a screen is a viewer whatever its region', () => {
  const screen: Viewer = { kind: 'viewer', tokenId: 't', region: '5402' };
  expect(refuseAccess(screen, 'see-live', '540235')).toBeNull();
  expect(refuseAccess(screen, 'see-people', '540235')?.code).toBe('role');
});

test('a role counts only inside its region', () => {
  const viewer = account(['administrator'], '540235');
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
