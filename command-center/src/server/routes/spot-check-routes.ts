import {
  CallBackRequest,
  isRefusal,
  OrderSpotCheckRequest,
  refuse,
  WithdrawSpotCheckRequest,
  type SpotCheckPlan,
} from '@sightline/contracts';
import {
  findCallAsked,
  findSpotCheckRegion,
  holdSpotCheck,
  lockSpotChecks,
  noteCallBack,
  orderSpotCheck,
  readCheckGround,
  withdrawSpotCheck,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import {
  decideSpotCheck,
  planSpotCheck,
  refuseCallBack,
  refuseWithdrawal,
  spotCheckQuota,
} from '#domain/decide-spot-check.ts';
import { command, sendResult } from '../commands.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { parser } from '../parse.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { spotCheckReadRoutes } from './spot-check-read-routes.ts';

const parseOrder = parser(OrderSpotCheckRequest);
const parseWithdrawal = parser(WithdrawSpotCheckRequest);
const parseCallBack = parser(CallBackRequest);

/** 在岗抽查. Ordered with a reason, watched live, withdrawn; a village that asked is called back. */
export function spotCheckRoutes(app: FastifyInstance, deps: RouteDeps): void {
  planRoute(app, deps);
  orderRoute(app, deps);
  withdrawRoute(app, deps);
  callBackRoute(app, deps);
  spotCheckReadRoutes(app, deps);
}

/** What an order would do, before anybody is rung. */
function planRoute(app: FastifyInstance, { store, now }: RouteDeps): void {
  app.get(
    '/api/spot-checks/plan',
    under({ action: 'order-spot-check', of: 'scope' }),
    async (request): Promise<SpotCheckPlan> => {
      const { accountId } = accountOf(request);
      const asked = { scope: placeOf(request).region, accountId, now: now() };
      const ground = await readCheckGround(store.pool, asked);
      const { rings, leftOut } = planSpotCheck(ground);
      const { perVillageAndDay, perAccountAndHour } = spotCheckQuota;
      const ordersLeft = Math.max(0, perAccountAndHour - ground.ordersThisHour);
      return { rings: rings.length, leftOut, perVillageAndDay, ordersLeft };
    },
  );
}

function orderRoute(app: FastifyInstance, deps: RouteDeps): void {
  const rule = under({ action: 'order-spot-check', of: 'body', purpose: 'duty-watch' });
  app.post('/api/spot-checks', rule, async (request, reply) => {
    const asked = parseOrder(request.body);
    const { accountId, login, roles, region } = accountOf(request);
    const subject = `spot-check:${asked.checkId}`;
    const run = { request, name: 'spot-check.order', subject, asked };
    const result = await command(deps, run, async (client, change) => {
      await lockSpotChecks(client);
      const scope = { scope: asked.region, accountId, now: change.now };
      const decided = decideSpotCheck(await readCheckGround(client, scope));
      if (isRefusal(decided)) return decided;
      const by = { login, roles: [...roles], region };
      const check = { ...asked, ...decided, note: asked.note.trim(), accountId, by };
      const refusal = await orderSpotCheck(client, check, change);
      const { rings, leftOut } = decided;
      return refusal ?? { checkId: asked.checkId, rings: rings.length, leftOut: leftOut.length };
    });
    return sendResult(reply, result);
  });
}

function withdrawRoute(app: FastifyInstance, deps: RouteDeps): void {
  const rule = under({ action: 'order-spot-check', of: 'spot-check', purpose: 'duty-watch' });
  app.post('/api/spot-checks/:checkId/withdraw', rule, async (request, reply) => {
    const asked = parseWithdrawal(request.body ?? {});
    const { id } = placeOf(request);
    const run = { request, name: 'spot-check.withdraw', subject: `spot-check:${id}`, asked };
    const result = await command(deps, run, async (client, change) => {
      const held = await holdSpotCheck(client, id);
      if (held === null) return noSuchCheck();
      const refusal =
        refuseWithdrawal(held, change.now) ?? (await withdrawSpotCheck(client, held, change));
      return refusal ?? { checkId: id };
    });
    return sendResult(reply, result);
  });
}

/** Of the village that is called: a check of the prefecture is called back by whoever is nearest. */
function callBackRoute(app: FastifyInstance, deps: RouteDeps): void {
  const rule = under({ action: 'order-spot-check', of: 'body', purpose: 'duty-watch' });
  app.post<{ Params: { checkId: string } }>(
    '/api/spot-checks/:checkId/call-back',
    rule,
    async (request, reply) => {
      const { region, reached } = parseCallBack(request.body);
      const { checkId } = request.params;
      const subject = `spot-check:${checkId}`;
      const run = { request, name: 'spot-check.call-back', subject, asked: { region, reached } };
      const result = await command(deps, run, async (client, change) => {
        const checkRegion = await findSpotCheckRegion(client, checkId);
        if (checkRegion === null) return noSuchCheck();
        const call = { checkId, checkRegion, region, reached };
        const refusal =
          refuseCallBack(await findCallAsked(client, { checkId, region })) ??
          (await noteCallBack(client, call, change));
        return refusal ?? { checkId, region };
      });
      return sendResult(reply, result);
    },
  );
}

function noSuchCheck() {
  return refuse('no-such-check', 'There is no such spot check.');
}
