import {
  isRefusal,
  uuidPattern,
  type ContactNumbersReply,
  type IdNumberReply,
  type MemberRecordView,
  type MemberView,
  type Page,
} from '@sightline/contracts';
import { listMembers, readMember, readSealedContacts, readSealedIdNumber } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { limits } from '#limits.ts';
import { audited } from '../audited.ts';
import { sendResult } from '../commands.ts';
import { placeOf } from '../guard-routes.ts';
import { pageOf } from '../page.ts';
import { BadRequest, sendRefusal } from '../problem.ts';
import { openSealed } from '../register-vault.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { memberChangeRoutes } from './member-change-routes.ts';

const ofMember = under({ action: 'see-members', of: 'member', purpose: 'asked' });

/** 党员: by name for those trusted with them, and whole numbers of one member at a time. */
export function memberRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  app.get<{ Querystring: { after?: string } }>(
    '/api/organisations/:organisationId/members',
    under({ action: 'see-members', of: 'organisation', purpose: 'asked' }),
    async (request): Promise<Page<MemberView>> => {
      const { id: organisationId } = placeOf(request);
      const after = parseAfter(request.query.after);
      const subject = `organisation:${organisationId}`;
      const receipt = await audited(deps, request, { what: 'members.read', subject });
      const page = { organisationId, after, limit: limits.pageRows + 1 };
      const rows = await listMembers(store.pool, receipt, page);
      // By id: a name has no business in an address.
      return pageOf(rows, ({ memberId }) => memberId);
    },
  );

  app.get('/api/members/:memberId', ofMember, async (request): Promise<MemberRecordView> => {
    const { id: memberId } = placeOf(request);
    const subject = `member:${memberId}`;
    const receipt = await audited(deps, request, { what: 'member.read', subject });
    const found = await readMember(store.pool, receipt, memberId);
    if (found === null) throw noSuchMember();
    return found;
  });

  numberRoutes(app, deps);
  memberChangeRoutes(app, deps);
}

/** Whole numbers: never two members at once, and never in a stored reply. */
function numberRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  app.post('/api/members/:memberId/id-number', ofMember, async (request, reply) => {
    const { id: memberId } = placeOf(request);
    const subject = `member:${memberId}`;
    const receipt = await audited(deps, request, { what: 'member.id-number', subject });
    const sealed = await readSealedIdNumber(store.pool, receipt, memberId);
    if (sealed === null) throw noSuchMember();
    const opened = openSealed(deps, [sealed]);
    if (isRefusal(opened)) return sendRefusal(reply, opened);
    const [idNumber = ''] = opened;
    const result: IdNumberReply = { idNumber };
    return sendResult(reply, result);
  });

  app.post('/api/members/:memberId/contact-numbers', ofMember, async (request, reply) => {
    const { id: memberId } = placeOf(request);
    const subject = `member:${memberId}`;
    const receipt = await audited(deps, request, { what: 'member.contact-numbers', subject });
    const sealed = await readSealedContacts(store.pool, receipt, memberId);
    const opened = openSealed(
      deps,
      sealed.map(({ cipher }) => cipher),
    );
    if (isRefusal(opened)) return sendRefusal(reply, opened);
    const contacts = sealed.map(({ kind }, index) => ({ kind, number: opened[index] ?? '' }));
    const result: ContactNumbersReply = { contacts };
    return sendResult(reply, result);
  });
}

/** They left between the gate and the reading. */
function noSuchMember(): BadRequest {
  return new BadRequest(404, 'no-such-member', 'There is no such member.');
}

const uuid = new RegExp(uuidPattern);

/** The last member of the page before. */
function parseAfter(text: string | undefined): { readonly memberId: string } | null {
  if (text === undefined) return null;
  if (uuid.test(text)) return { memberId: text };
  throw new BadRequest(400, 'malformed', `"${text}" is no cursor of a page.`);
}
