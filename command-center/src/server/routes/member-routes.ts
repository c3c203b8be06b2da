import {
  LeaveMemberRequest,
  refuse,
  TransferMemberRequest,
  type IdNumberReply,
  type MemberView,
  type Page,
} from '@sightline/contracts';
import {
  findOrganisationRegion,
  leaveMember,
  listMembers,
  readSealedIdNumber,
  transferMember,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { refuseRegion } from '#domain/access.ts';
import { limits } from '#limits.ts';
import { openVaultOf } from '#register-import/open-vault.ts';
import { audited } from '../audited.ts';
import { command, sendResult } from '../commands.ts';
import { placeOf, viewerOf } from '../guard-routes.ts';
import { pageOf } from '../page.ts';
import { parser } from '../parse.ts';
import { BadRequest, sendRefusal } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const parseTransfer = parser(TransferMemberRequest);
const parseLeave = parser(LeaveMemberRequest);
const upkeep = { action: 'change-members', purpose: 'register-upkeep' } as const;
const ofMember = under({ ...upkeep, of: 'member' });

/** 党员: by name for those trusted with them, the whole id number one at a time; transfer and leaving. */
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
      return pageOf(rows, ({ name, memberId }) => `${memberId}_${name}`);
    },
  );

  app.post(
    '/api/members/:memberId/id-number',
    under({ action: 'see-members', of: 'member', purpose: 'asked' }),
    async (request, reply) => {
      const { id: memberId } = placeOf(request);
      const vault = openVaultOf(deps.config.registerKeyFile);
      if (vault === null) {
        const detail = 'The centre has no register key: set SIGHTLINE_REGISTER_KEY_FILE.';
        return sendRefusal(reply, refuse('no-register-key', detail));
      }
      const subject = `member:${memberId}`;
      const receipt = await audited(deps, request, { what: 'member.id-number', subject });
      const sealed = await readSealedIdNumber(store.pool, receipt, memberId);
      if (sealed === null) throw new BadRequest(404, 'no-such-member', 'There is no such member.');
      const result: IdNumberReply = { idNumber: vault.open(sealed) };
      return sendResult(reply, result);
    },
  );

  changeRoutes(app, deps);
}

function changeRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.post('/api/members/:memberId/transfer', ofMember, async (request, reply) => {
    const { organisationId } = parseTransfer(request.body);
    const { id: memberId } = placeOf(request);
    const subject = `member:${memberId}`;
    const run = { request, name: 'member.transfer', subject, asked: organisationId };
    const result = await command(deps, run, async (client) => {
      const region = await findOrganisationRegion(client, organisationId);
      if (region === null) return refuse('no-such-organisation', 'There is no such organisation.');
      const refusal =
        refuseRegion(viewerOf(request), region) ??
        (await transferMember(client, { memberId, organisationId }));
      return refusal ?? { memberId };
    });
    return sendResult(reply, result);
  });

  app.post('/api/members/:memberId/leave', ofMember, async (request, reply) => {
    const { day } = parseLeave(request.body);
    const { id: memberId } = placeOf(request);
    const run = { request, name: 'member.leave', subject: `member:${memberId}`, asked: day };
    const result = await command(
      deps,
      run,
      async (client) => (await leaveMember(client, { memberId, day })) ?? { memberId },
    );
    return sendResult(reply, result);
  });
}

/** `<uuid>_<name>`: where the page before ended. */
function parseAfter(text: string | undefined): { name: string; memberId: string } | null {
  if (text === undefined) return null;
  const [, memberId, name] = /^([0-9a-f-]{36})_(.{1,64})$/u.exec(text) ?? [];
  if (memberId !== undefined && name !== undefined) return { memberId, name };
  throw new BadRequest(400, 'malformed', `"${text}" is no cursor of a page.`);
}
