import {
  AgreeShiftChangeRequest,
  AskShiftChangeRequest,
  DecideShiftChangeRequest,
  type NamedPerson,
  type Page,
  type ShiftChangeView,
} from '@sightline/contracts';
import {
  listDutyChanges,
  loginsOf,
  readSelf,
  rosterNames,
  type DutyChange,
} from '@sightline/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ShiftChangeCommand } from '#domain/watch/decide-shift-change.ts';
import { isOwnMatter, type Self } from '#domain/watch/own-matter.ts';
import { limits } from '#limits.ts';
import { changeDuty } from '#roster/change-duty.ts';
import { actorOf, audited } from '../audited.ts';
import { command, sendResult } from '../commands.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { requireDay } from '../month-query.ts';
import { pageOf, parseNumberCursor } from '../page.ts';
import { parser } from '../parse.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const parseAsk = parser(AskShiftChangeRequest);
const parseAgree = parser(AgreeShiftChangeRequest);
const parseDecide = parser(DecideShiftChangeRequest);
const accountPrefix = 'account:';

interface Paged {
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

/** 换班, 请假, 顶班: asked for, agreed to, decided; each with who said it and who wrote it down. */
export function shiftChangeRoutes(app: FastifyInstance, deps: RouteDeps): void {
  listRoute(app, deps);

  app.post(
    '/api/shift-changes',
    under({ action: 'change-roster', of: 'body', purpose: 'roster-upkeep' }),
    async (request, reply) => {
      const { region, ask } = parseAsk(request.body);
      requireDay(ask.duty.day);
      if (ask.kind === 'swap') requireDay(ask.otherDuty.day);
      const { changeId } = ask;
      const subject = `shift-change:${changeId}`;
      const run = { request, name: 'shift-change.ask', subject, asked: ask };
      const given = { kind: 'ask', ask, saidBy: 'console' } as const;
      const result = await command(deps, run, (client, change) =>
        changeDuty(client, { region, changeId, command: given }, change),
      );
      return sendResult(reply, result);
    },
  );

  const rule = under({ action: 'change-roster', of: 'shift-change', purpose: 'roster-upkeep' });
  const decide = (request: FastifyRequest, name: string, given: ShiftChangeCommand) => {
    const { region, id: changeId } = placeOf(request);
    const run = { request, name, subject: `shift-change:${changeId}`, asked: given };
    return command(deps, run, (client, change) =>
      changeDuty(client, { region, changeId, command: given }, change),
    );
  };

  app.post('/api/shift-changes/:changeId/agree', rule, async (request, reply) => {
    parseAgree(request.body ?? {});
    const given = { kind: 'agree', saidBy: 'console' } as const;
    return sendResult(reply, await decide(request, 'shift-change.agree', given));
  });

  app.post('/api/shift-changes/:changeId/decide', rule, async (request, reply) => {
    const { decision } = parseDecide(request.body);
    const given = { kind: 'decide', decision } as const;
    return sendResult(reply, await decide(request, 'shift-change.decide', given));
  });
}

function listRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.get<Paged>(
    '/api/shift-changes',
    under({ action: 'see-roster', of: 'scope', purpose: 'asked' }),
    async (request): Promise<Page<ShiftChangeView>> => {
      const { region: scope } = placeOf(request);
      const before = parseNumberCursor(request.query['before']);
      const onlyOpen = request.query['show'] !== 'all';
      const receipt = await audited(deps, request, { what: 'shift-changes.read' });
      const { pool } = deps.store;
      const limit = limits.pageRows + 1;
      const rows = await listDutyChanges(pool, receipt, { scope, onlyOpen, before, limit });
      const { items, next } = pageOf(rows, ({ position }) => String(position));
      const ids = items.flatMap(({ ask }) => [ask.personId, ask.otherId]);
      const names = await rosterNames(pool, receipt, { scope, ids });
      const logins = await loginsOf(pool, items.flatMap(actorsOf).map(accountIdOf));
      const actor = actorOf(accountOf(request));
      const view = viewer({
        names: new Map(names.map(({ personId, name }) => [personId, name])),
        logins,
        actor,
        self: await readSelf(pool, actor),
      });
      return { items: items.map(view), next };
    },
  );
}

function actorsOf({ askedBy, agreedBy, decidedBy }: DutyChange): string[] {
  return [askedBy, agreedBy, decidedBy].filter((actor) => actor !== null);
}

function accountIdOf(actor: string): string {
  return actor.startsWith(accountPrefix) ? actor.slice(accountPrefix.length) : '';
}

interface Viewing {
  readonly names: ReadonlyMap<string, string>;
  readonly logins: ReadonlyMap<string, string>;
  /** Who looks, and who that is. */
  readonly actor: string;
  readonly self: Self;
}

function viewer({ names, logins, actor, self }: Viewing): (change: DutyChange) => ShiftChangeView {
  const named = (personId: string): NamedPerson => ({ personId, name: names.get(personId) ?? '' });
  const loginOf = (by: string | null) =>
    by === null ? null : (logins.get(accountIdOf(by)) ?? null);
  return ({ ask, ...change }) => ({
    changeId: ask.changeId,
    region: change.region,
    kind: ask.kind,
    state: change.state,
    person: named(ask.personId),
    duty: ask.duty,
    other: named(ask.otherId),
    otherDuty: ask.kind === 'swap' ? ask.otherDuty : null,
    askedAt: change.askedAt,
    askedBy: loginOf(change.askedBy),
    askedSaidBy: change.askedSaidBy,
    agreedAt: change.agreedAt,
    agreedBy: loginOf(change.agreedBy),
    agreedSaidBy: change.agreedSaidBy,
    decidedAt: change.decidedAt,
    decidedBy: loginOf(change.decidedBy),
    words: change.words,
    isOwn: change.askedBy === actor,
    isOwnMatter: isOwnMatter(self, {
      people: [ask.personId, ask.otherId],
      actors: [change.askedBy],
    }),
  });
}
