import {
  AddPostRequest,
  ChangeMemberRequest,
  EndPostRequest,
  isRefusal,
  LeaveMemberRequest,
  refuse,
  SetContactRequest,
  TransferMemberRequest,
  uuidPattern,
  type Refusal,
} from '@sightline/contracts';
import {
  addPost,
  changeMember,
  endPost,
  findOrganisationRegion,
  leaveMember,
  removeContact,
  setContact,
  transferMember,
  type Client,
} from '@sightline/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuseRegion } from '#domain/access.ts';
import { tidyName } from '#domain/people.ts';
import { maskContact } from '#domain/register-mask.ts';
import { command, sendResult } from '../commands.ts';
import { placeOf, viewerOf } from '../guard-routes.ts';
import { parser } from '../parse.ts';
import { BadRequest, sendRefusal } from '../problem.ts';
import { openRegisterVault } from '../register-vault.ts';
import { newId, type RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { todayOf } from '../today.ts';

const parseChange = parser(ChangeMemberRequest);
const parseTransfer = parser(TransferMemberRequest);
const parseLeave = parser(LeaveMemberRequest);
const parseContact = parser(SetContactRequest);
const parsePost = parser(AddPostRequest);
const parsePostEnd = parser(EndPostRequest);
const uuid = new RegExp(uuidPattern);
const ofMember = under({ action: 'change-members', purpose: 'register-upkeep', of: 'member' });

/** What is changed of one member by hand. */
export function memberChangeRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.post('/api/members/:memberId/change', ofMember, async (request, reply) => {
    const asked = parseChange(request.body);
    const { id: memberId } = placeOf(request);
    const change = { ...asked, memberId, name: tidyName(asked.name) };
    const run = { request, name: 'member.change', subject: `member:${memberId}`, asked };
    const result = await command(
      deps,
      run,
      async (client) => (await changeMember(client, change)) ?? { memberId },
    );
    return sendResult(reply, result);
  });

  app.post('/api/members/:memberId/transfer', ofMember, async (request, reply) => {
    const { organisationId } = parseTransfer(request.body);
    const { id: memberId } = placeOf(request);
    const subject = `member:${memberId}`;
    const run = { request, name: 'member.transfer', subject, asked: organisationId };
    const day = todayOf(deps);
    const result = await command(deps, run, async (client) => {
      const refusal =
        (await refuseOrganisation(client, request, { organisationId, day })) ??
        (await transferMember(client, { memberId, organisationId, day }));
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

  contactRoute(app, deps);
  postRoutes(app, deps);
}

function contactRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.post('/api/members/:memberId/contacts', ofMember, async (request, reply) => {
    const { kind, number } = parseContact(request.body);
    const { id: memberId } = placeOf(request);
    const subject = `member:${memberId}`;
    const vault = await openRegisterVault(deps);
    if (isRefusal(vault)) return sendRefusal(reply, vault);
    // Not the number itself: the note of a command could be searched for it, digit by digit.
    const hash = number === null ? null : vault.hash(number).toString('hex');
    const run = { request, name: 'member.contact', subject, asked: [kind, hash] };
    const result = await command(deps, run, async (client) => {
      if (number === null) {
        await removeContact(client, { memberId, kind });
      } else {
        const sealed = { cipher: vault.seal(number), masked: maskContact(number) };
        await setContact(client, { contactId: newId(), memberId, kind, ...sealed });
      }
      return { memberId };
    });
    return sendResult(reply, result);
  });
}

function postRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.post('/api/members/:memberId/posts', ofMember, async (request, reply) => {
    const asked = parsePost(request.body);
    const { id: memberId } = placeOf(request);
    const run = { request, name: 'member.post', subject: `member:${memberId}`, asked };
    const post = { ...asked, postId: newId(), memberId, title: tidyName(asked.title) };
    const where = { organisationId: asked.organisationId, day: todayOf(deps) };
    const result = await command(deps, run, async (client) => {
      const refusal =
        (await refuseOrganisation(client, request, where)) ?? (await addPost(client, post));
      return refusal ?? { postId: post.postId };
    });
    return sendResult(reply, result);
  });

  app.post<{ Params: { postId: string } }>(
    '/api/members/:memberId/posts/:postId/end',
    ofMember,
    async (request, reply) => {
      const { day } = parsePostEnd(request.body);
      const { postId } = request.params;
      if (!uuid.test(postId)) throw new BadRequest(404, 'no-such-post', 'There is no such post.');
      const { id: memberId } = placeOf(request);
      const subject = `member:${memberId}`;
      const run = { request, name: 'member.post-end', subject, asked: [postId, day] };
      const result = await command(
        deps,
        run,
        async (client) => (await endPost(client, { postId, memberId, day })) ?? { postId },
      );
      return sendResult(reply, result);
    },
  );
}

/** The organisation must stand where the account may work too. */
async function refuseOrganisation(
  client: Client,
  request: FastifyRequest,
  where: { readonly organisationId: string; readonly day: string },
): Promise<Refusal | null> {
  const region = await findOrganisationRegion(client, where);
  if (region === null) return refuse('no-such-organisation', 'There is no such organisation.');
  return refuseRegion(viewerOf(request), region);
}
