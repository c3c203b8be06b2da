import {
  AcknowledgeRequest,
  isRefusal,
  LadderRuleRequest,
  refuse,
  type LadderRuleView,
  type LadderView,
  type NotificationLine,
  type Page,
} from '@sightline/contracts';
import {
  acknowledgeNotification,
  acknowledgeStep,
  listInbox,
  namesOf,
  readDeliveries,
  readLadderRules,
  writeLadderRule,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { viewLadders } from '#domain/watch/view-ladders.ts';
import { dutyNameOf } from '#domain/watch/duty-name.ts';
import { ruleFor } from '#domain/watch/open-ladders.ts';
import { limits } from '#limits.ts';
import { readOpenLadders } from '#live/ladder.ts';
import { openChannels } from '#notify/open-channels.ts';
import { audited } from '../audited.ts';
import { command, sendResult } from '../commands.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { pageOf, parseCursor } from '../page.ts';
import { parser } from '../parse.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const parseAcknowledge = parser(AcknowledgeRequest);
const parseRule = parser(LadderRuleRequest);
const ofInbox = under({ action: 'change-roster', of: 'scope', purpose: 'duty-watch' });

interface Paged {
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

/** 逐级提醒: what is open, who was told, and the rules. */
export function ladderRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store, now } = deps;

  app.get(
    '/api/ladders',
    under({ action: 'see-roster', of: 'scope', purpose: 'asked' }),
    async (request): Promise<{ readonly items: readonly LadderView[] }> => {
      const receipt = await audited(deps, request, { what: 'ladders.list' });
      const scope = placeOf(request).region;
      const open = await readOpenLadders(store.pool, { scope, now: now() });
      const shown = open.slice(0, limits.laddersShown);
      const subjects = shown.map(({ subject }) => subject);
      const ids = shown.flatMap(({ duty }) => [duty.personId, duty.fallbackId]);
      const people = [...new Set(ids.filter((id) => id !== null))];
      const names = await namesOf(store.pool, receipt, people);
      return { items: viewLadders(shown, await readDeliveries(store.pool, subjects), names) };
    },
  );

  app.post(
    '/api/ladders/acknowledge',
    under({ action: 'change-roster', of: 'body', purpose: 'duty-watch' }),
    async (request, reply) => {
      const asked = parseAcknowledge(request.body);
      const { region, subject, rung } = asked;
      const run = { request, name: 'ladder.acknowledge', subject: `duty:${subject}`, asked };
      const { accountId } = accountOf(request);
      const result = await command(deps, run, async (client, change) => {
        if (dutyNameOf(subject).region !== region) return noSuchStep(subject);
        const by = `account:${accountId}`;
        const said = { subject, region, rung, by, accountId };
        const done = await acknowledgeStep(client, said, change);
        if (isRefusal(done)) return done;
        return done ? { subject, rung } : noSuchStep(subject);
      });
      return sendResult(reply, result);
    },
  );

  inboxRoutes(app, deps);
  ruleRoutes(app, deps);
}

function noSuchStep(subject: string) {
  return refuse('no-such-step', `Nobody was told of ${subject} on that rung. Read the list again.`);
}

function inboxRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.get<Paged>(
    '/api/notifications',
    under({ action: 'change-roster', of: 'scope' }),
    async (request): Promise<Page<NotificationLine>> => {
      const { accountId } = accountOf(request);
      const before = parseCursor(request.query['before']);
      const page = { accountId, before, limit: limits.pageRows + 1 };
      const rows = await listInbox(deps.store.pool, page);
      const { items, next } = pageOf(
        rows,
        ({ madeAt, notificationId }) => `${madeAt}_${notificationId}`,
      );
      const lines = items.map(({ subjects, ...row }) => ({
        ...row,
        duties: subjects.map(dutyNameOf),
      }));
      return { items: lines, next };
    },
  );

  app.post<{ Params: { notificationId: string } }>(
    '/api/notifications/:notificationId/acknowledge',
    ofInbox,
    async (request, reply) => {
      const { notificationId } = request.params;
      const subject = `notification:${notificationId}`;
      const run = { request, name: 'notification.acknowledge', subject, asked: null };
      const { accountId } = accountOf(request);
      const result = await command(deps, run, async (client, change) => {
        const said = { notificationId, accountId, now: change.now };
        const found = await acknowledgeNotification(client, said);
        if (found === null) return refuse('no-such-notification', 'There is no such notification.');
        const by = `account:${accountId}`;
        for (const duty of found.subjects) {
          const { region } = dutyNameOf(duty);
          const step = { subject: duty, region, rung: found.rung, by, accountId };
          const done = await acknowledgeStep(client, step, change);
          if (isRefusal(done)) return done;
        }
        return { notificationId };
      });
      return sendResult(reply, result);
    },
  );
}

function ruleRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const channels = [...openChannels(deps.config.notify).keys()];

  app.get(
    '/api/ladder-rules',
    under({ action: 'see-reachability', of: 'scope' }),
    async (request): Promise<LadderRuleView> => {
      const { region } = placeOf(request);
      const above = (await readLadderRules(deps.store.pool)).filter((each) =>
        region.startsWith(each.region),
      );
      const nearest = above.toSorted((a, b) => b.region.length - a.region.length)[0];
      return { rule: ruleFor(region, above), writtenAt: nearest?.region ?? null, channels };
    },
  );

  app.post(
    '/api/ladder-rules',
    under({ action: 'change-watch-rules', of: 'body', purpose: 'roster-upkeep' }),
    async (request, reply) => {
      const asked = parseRule(request.body);
      const { region, rule } = asked;
      const run = { request, name: 'ladder-rule.write', subject: `region:${region}`, asked };
      const { accountId } = accountOf(request);
      const result = await command(deps, run, async (client, { now }) => {
        if (region.length > 9) {
          return refuse('rule-too-low', 'A rule is written for a township, a county or more.');
        }
        const refusal = rule === null ? null : refuseRule(rule.afterMinutes);
        if (refusal !== null) return refusal;
        await writeLadderRule(client, { region, rule, accountId, now });
        return { region };
      });
      return sendResult(reply, result);
    },
  );
}

function refuseRule({
  remind,
  fallback,
  township,
  county,
}: LadderRuleView['rule']['afterMinutes']) {
  const isUpwards = remind < fallback && fallback < township && township < county;
  if (isUpwards) return null;
  return refuse('rule-order', 'Each rung comes later than the one below it: change the minutes.');
}
