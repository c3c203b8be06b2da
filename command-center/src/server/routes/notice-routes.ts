import {
  isRefusal,
  PostNoticeRequest,
  refuse,
  uuidPattern,
  WithdrawNoticeRequest,
  type NoticeLine,
  type NoticePlan,
  type NoticeView,
  type Page,
} from '@sightline/contracts';
import {
  holdNotice,
  listNotices,
  postNotice,
  readEquippedVillages,
  readNotice,
  withdrawNotice,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { decideNotice, refuseNoticeWithdrawal } from '#domain/decide-notice.ts';
import { limits } from '#limits.ts';
import { audited } from '../audited.ts';
import { command, sendResult } from '../commands.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { pageOf, parseCursor } from '../page.ts';
import { parser } from '../parse.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const parsePost = parser(PostNoticeRequest);
const parseWithdrawal = parser(WithdrawNoticeRequest);

/** 通知. Posted to every village of a region that has a terminal; each village's receipt is seen. */
export function noticeRoutes(app: FastifyInstance, deps: RouteDeps): void {
  planRoute(app, deps);
  listRoute(app, deps);
  oneRoute(app, deps);
  postRoute(app, deps);
  withdrawRoute(app, deps);
}

/** Who would get one, before it is posted. */
function planRoute(app: FastifyInstance, { store }: RouteDeps): void {
  app.get(
    '/api/notices/plan',
    under({ action: 'send-notices', of: 'scope' }),
    async (request): Promise<NoticePlan> => {
      const { region } = placeOf(request);
      const { villages, notEquipped } = await readEquippedVillages(store.pool, region);
      return { villages, notEquipped };
    },
  );
}

function listRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.get<{ readonly Querystring: Readonly<Record<string, string | undefined>> }>(
    '/api/notices',
    under({ action: 'send-notices', of: 'scope', purpose: 'duty-watch' }),
    async (request): Promise<Page<NoticeLine>> => {
      const before = parseCursor(request.query['before']);
      const receipt = await audited(deps, request, { what: 'notices.list' });
      const page = { scope: placeOf(request).region, limit: limits.pageRows + 1, before };
      const rows = await listNotices(deps.store.pool, receipt, page);
      return pageOf(rows, ({ postedAt, noticeId }) => `${postedAt}_${noticeId}`);
    },
  );
}

/** With the names of those who signed for it. */
function oneRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.get<{ readonly Params: { readonly noticeId: string } }>(
    '/api/notices/:noticeId',
    under({ action: 'send-notices', of: 'scope', purpose: 'duty-watch' }),
    async (request): Promise<NoticeView> => {
      const { noticeId } = request.params;
      if (!uuid.test(noticeId)) throw notThere(noticeId);
      const subject = `notice:${noticeId}`;
      const receipt = await audited(deps, request, { what: 'notice.read', subject });
      const asked = { noticeId, scope: placeOf(request).region };
      const view = await readNotice(deps.store.pool, receipt, asked);
      if (view === null) throw notThere(noticeId);
      return view;
    },
  );
}

function postRoute(app: FastifyInstance, deps: RouteDeps): void {
  const rule = under({ action: 'send-notices', of: 'body', purpose: 'duty-watch' });
  app.post('/api/notices', rule, async (request, reply) => {
    const asked = parsePost(request.body);
    const { accountId, login, roles, region } = accountOf(request);
    const subject = `notice:${asked.noticeId}`;
    const run = { request, name: 'notice.post', subject, asked };
    const result = await command(deps, run, async (client, change) => {
      const ground = await readEquippedVillages(client, asked.region);
      const decided = decideNotice(asked, { villages: ground.villages, now: change.now });
      if (isRefusal(decided)) return decided;
      const by = { login, roles: [...roles], region };
      const notice = { ...asked, ...decided, accountId, by, villages: ground.regions };
      const refusal = await postNotice(client, notice, change);
      return refusal ?? { noticeId: asked.noticeId, villages: ground.villages };
    });
    return sendResult(reply, result);
  });
}

function withdrawRoute(app: FastifyInstance, deps: RouteDeps): void {
  const rule = under({ action: 'send-notices', of: 'notice', purpose: 'duty-watch' });
  app.post('/api/notices/:noticeId/withdraw', rule, async (request, reply) => {
    const asked = parseWithdrawal(request.body ?? {});
    const { id } = placeOf(request);
    const run = { request, name: 'notice.withdraw', subject: `notice:${id}`, asked };
    const result = await command(deps, run, async (client, change) => {
      const held = await holdNotice(client, id);
      if (held === null) return refuse('no-such-notice', 'There is no such notice.');
      const refusal =
        refuseNoticeWithdrawal(held.isWithdrawn) ?? (await withdrawNotice(client, held, change));
      return refusal ?? { noticeId: id };
    });
    return sendResult(reply, result);
  });
}

const uuid = new RegExp(uuidPattern);

function notThere(noticeId: string): BadRequest {
  return new BadRequest(404, 'no-such-notice', `There is no notice ${noticeId} there.`);
}
