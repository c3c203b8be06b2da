import type { AccountRole } from '@sightline/contracts';

/*
 * Who may call each route, written down by hand beside the access table: a second opinion for
 * `matrix.test.ts`. A route that is missing here fails that test.
 */

export const everyRole = [
  'viewer',
  'dispatcher',
  'registrar',
  'system-administrator',
  'security-administrator',
  'audit-administrator',
] as const satisfies readonly AccountRole[];
const daily = ['dispatcher', 'registrar'] as const;

export interface Expected {
  readonly may: readonly AccountRole[] | 'everybody' | 'accounts' | 'known';
  /** A list narrows to what is asked and seen; anything else is inside the region or refused. */
  readonly place?: 'list' | 'thing';
  /** A purpose somebody who may do it may name. */
  readonly purpose?: string;
}

const everybody = { may: 'everybody' } as const;
export const oracle: Readonly<Record<string, Expected>> = {
  'GET /healthz': everybody,
  'POST /api/session': everybody,
  'POST /api/session/link': everybody,
  'POST /api/viewer-session': everybody,
  'GET /api/second-factor': { may: 'accounts' },
  'POST /api/second-factor': { may: 'accounts' },
  'POST /api/second-factor/confirm': { may: 'accounts' },
  'POST /api/second-factor/prove': { may: 'accounts' },
  'POST /api/second-factor/recovery-codes': { may: 'accounts' },
  'POST /api/second-factor/remove': { may: 'accounts' },
  'GET /api/accounts/:accountId/sessions': { may: ['security-administrator'], place: 'thing' },
  'DELETE /api/accounts/:accountId/sessions': { may: ['security-administrator'], place: 'thing' },
  'DELETE /api/accounts/:accountId/sessions/:sessionId': {
    may: ['security-administrator'],
    place: 'thing',
  },
  'DELETE /api/session': { may: 'accounts' },
  'GET /api/sessions': { may: 'accounts' },
  'DELETE /api/sessions/:sessionId': { may: 'accounts' },
  'POST /api/password': { may: 'accounts' },
  'GET /api/me': { may: 'known' },
  'GET /api/live/snapshot': { may: everyRole, place: 'list' },
  'GET /api/regions': { may: everyRole, place: 'list' },
  'GET /api/villages': { may: everyRole, place: 'list' },
  'GET /api/terminals': { may: everyRole, place: 'list' },
  'GET /api/villages/:region/people': { may: daily, place: 'thing', purpose: 'duty-watch' },
  'GET /api/villages/:region/check-ins': { may: daily, place: 'thing', purpose: 'duty-watch' },
  'POST /api/villages/:region/people': { may: daily, place: 'thing' },
  'POST /api/people/:personId/retire': { may: daily, place: 'thing' },
  'POST /api/people/:personId/grants': { may: daily, place: 'thing' },
  'GET /api/people/:personId/consent': { may: daily, place: 'thing', purpose: 'consent-upkeep' },
  'POST /api/people/:personId/withdraw-face': { may: daily, place: 'thing' },
  'POST /api/terminals': { may: ['system-administrator'], place: 'thing' },
  'POST /api/terminals/:terminalId/enrolment-code': {
    may: ['system-administrator'],
    place: 'thing',
  },
  'POST /api/terminals/:terminalId/revoke': { may: ['system-administrator'], place: 'thing' },
  'POST /api/complaints': { may: 'known' },
  'POST /api/complaints/look-up': { may: 'known' },
  'POST /api/complaints/reopen': { may: 'known' },
  'GET /api/complaints': { may: daily, place: 'list', purpose: 'complaint' },
  'GET /api/complaints/:complaintId': { may: daily, place: 'thing', purpose: 'complaint' },
  'POST /api/complaints/:complaintId/take-up': { may: daily, place: 'thing' },
  'POST /api/complaints/:complaintId/answer': { may: daily, place: 'thing' },
  'GET /api/people/:personId/readings': {
    may: [...daily, 'audit-administrator'],
    place: 'thing',
    purpose: 'subject-request',
  },
  'GET /api/hand-overs': { may: daily, place: 'list', purpose: 'duty-watch' },
  'GET /api/organisations': {
    may: ['dispatcher', 'registrar', 'system-administrator'],
    place: 'list',
  },
  'GET /api/organisations/:organisationId/regions': {
    may: ['dispatcher', 'registrar', 'system-administrator'],
    place: 'thing',
  },
  'POST /api/organisations': { may: ['registrar'], place: 'thing' },
  'POST /api/organisations/:organisationId/rename': { may: ['registrar'], place: 'thing' },
  'POST /api/organisations/:organisationId/move': { may: ['registrar'], place: 'thing' },
  'POST /api/organisations/:organisationId/end': { may: ['registrar'], place: 'thing' },
  'GET /api/organisations/:organisationId/members': {
    may: ['registrar'],
    place: 'thing',
    purpose: 'register-upkeep',
  },
  'GET /api/members/:memberId': {
    may: ['registrar'],
    place: 'thing',
    purpose: 'register-upkeep',
  },
  'POST /api/members/:memberId/contact-numbers': {
    may: ['registrar'],
    place: 'thing',
    purpose: 'register-upkeep',
  },
  'POST /api/members/:memberId/change': { may: ['registrar'], place: 'thing' },
  'POST /api/members/:memberId/contacts': { may: ['registrar'], place: 'thing' },
  'POST /api/members/:memberId/posts': { may: ['registrar'], place: 'thing' },
  'POST /api/members/:memberId/posts/:postId/end': { may: ['registrar'], place: 'thing' },
  'POST /api/members/:memberId/id-number': {
    may: ['registrar'],
    place: 'thing',
    purpose: 'register-upkeep',
  },
  'POST /api/members/:memberId/transfer': { may: ['registrar'], place: 'thing' },
  'POST /api/members/:memberId/leave': { may: ['registrar'], place: 'thing' },
  'GET /api/imports': { may: ['registrar'], place: 'list' },
  'POST /api/imports': { may: ['registrar'], place: 'list' },
  'GET /api/imports/template.xlsx': { may: ['registrar'], place: 'list' },
  'GET /api/imports/:importId': { may: ['registrar'], place: 'thing' },
  'DELETE /api/imports/:importId': { may: ['registrar'], place: 'thing' },
  'GET /api/imports/:importId/errors': { may: ['registrar'], place: 'thing' },
  'GET /api/imports/:importId/errors.xlsx': { may: ['registrar'], place: 'thing' },
  'POST /api/imports/:importId/apply': { may: ['registrar'], place: 'thing' },
  'POST /api/imports/:importId/undo': { may: ['registrar'], place: 'thing' },
  'GET /api/composition': { may: daily, place: 'list' },
  'GET /api/organisation-lists': { may: daily, place: 'list' },
  'GET /api/organisation-lists/:list': { may: daily, place: 'list' },
  'POST /api/regions/merge': { may: ['system-administrator'], place: 'thing' },
  'POST /api/regions/move': { may: ['system-administrator'], place: 'thing' },
  'GET /api/trouble': {
    may: ['dispatcher', 'system-administrator', 'audit-administrator'],
    place: 'list',
  },
  'GET /api/audit': { may: ['audit-administrator'], place: 'list' },
  'GET /api/audit/verify': { may: ['audit-administrator'], place: 'list' },
  'GET /api/screens': { may: ['security-administrator'], place: 'list' },
  'POST /api/screens': { may: ['security-administrator'], place: 'thing' },
  'POST /api/screens/:tokenId/revoke': { may: ['security-administrator'], place: 'thing' },
  'GET /api/accounts': { may: ['security-administrator'], place: 'list' },
  'POST /api/accounts': { may: ['security-administrator'], place: 'thing' },
  'POST /api/accounts/:accountId/link': { may: ['security-administrator'], place: 'thing' },
  'POST /api/accounts/:accountId/close': { may: ['security-administrator'], place: 'thing' },
  'GET /api/quality': { may: ['dispatcher', 'registrar', 'system-administrator'], place: 'list' },
  'GET /api/quality/:check': {
    may: ['dispatcher', 'registrar', 'system-administrator'],
    place: 'list',
  },
  'GET /api/export/quality.xlsx': {
    may: ['dispatcher', 'registrar', 'system-administrator'],
    place: 'list',
  },
  'GET /api/export/quality.csv': {
    may: ['dispatcher', 'registrar', 'system-administrator'],
    place: 'list',
  },
  'GET /api/export/villages.xlsx': { may: everyRole, place: 'list' },
  'GET /api/export/villages.csv': { may: everyRole, place: 'list' },
  'GET /api/export/terminals.xlsx': { may: everyRole, place: 'list' },
  'GET /api/export/terminals.csv': { may: everyRole, place: 'list' },
  'GET /api/export/trouble.xlsx': {
    may: ['dispatcher', 'system-administrator', 'audit-administrator'],
    place: 'list',
  },
  'GET /api/export/trouble.csv': {
    may: ['dispatcher', 'system-administrator', 'audit-administrator'],
    place: 'list',
  },
  'GET /api/export/villages/:region/people.xlsx': {
    may: daily,
    place: 'thing',
    purpose: 'duty-watch',
  },
  'GET /api/export/villages/:region/check-ins.xlsx': {
    may: daily,
    place: 'thing',
    purpose: 'duty-watch',
  },
  'GET /api/export/organisations.xlsx': {
    may: ['dispatcher', 'registrar', 'system-administrator'],
    place: 'list',
  },
  'GET /api/export/organisations.csv': {
    may: ['dispatcher', 'registrar', 'system-administrator'],
    place: 'list',
  },
  'GET /api/export/organisation-lists.xlsx': { may: daily, place: 'list' },
  'GET /api/export/organisation-lists.csv': { may: daily, place: 'list' },
  'GET /api/export/organisations/:organisationId/members.xlsx': {
    may: ['registrar'],
    place: 'thing',
    purpose: 'data-quality',
  },
  'GET /api/export/complaints.xlsx': { may: daily, place: 'list', purpose: 'complaint' },
  'GET /api/export/audit.xlsx': { may: ['audit-administrator'], place: 'list' },
  'GET /api/export/accounts.xlsx': { may: ['security-administrator'], place: 'list' },
};
