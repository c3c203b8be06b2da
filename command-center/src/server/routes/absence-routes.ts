import {
  DecideAbsenceRequest,
  EnterAbsenceRequest,
  type AbsenceView,
  type Page,
} from '@sightline/contracts';
import { listAbsences, loginsOf, readSelf, type ListedAbsence } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { changeAbsence } from '#absence/change-absence.ts';
import { isOwnMatter, type Self } from '#domain/watch/own-matter.ts';
import { limits } from '#limits.ts';
import { actorOf, audited } from '../audited.ts';
import { command, sendResult } from '../commands.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { requireDay } from '../month-query.ts';
import { pageOf, parseNumberCursor } from '../page.ts';
import { parser } from '../parse.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { todayOf } from '../today.ts';

const parseEnter = parser(EnterAbsenceRequest);
const parseDecide = parser(DecideAbsenceRequest);
const accountPrefix = 'account:';

interface Paged {
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

/** 外出: who is away, written down by an officer or asked for at the kiosk and approved by one. */
export function absenceRoutes(app: FastifyInstance, deps: RouteDeps): void {
  listRoute(app, deps);

  app.post(
    '/api/absences',
    under({ action: 'change-roster', of: 'body', purpose: 'roster-upkeep' }),
    async (request, reply) => {
      const { region, ...asked } = parseEnter(request.body);
      requireDay(asked.from);
      requireDay(asked.to);
      const subject = `absence:${asked.absenceId}`;
      const run = { request, name: 'absence.enter', subject, asked };
      const given = { kind: 'enter', ...asked } as const;
      const result = await command(deps, run, (client, change) =>
        changeAbsence(client, { region, command: given }, change),
      );
      return sendResult(reply, result);
    },
  );

  app.post(
    '/api/absences/:absenceId/decide',
    under({ action: 'change-roster', of: 'absence', purpose: 'roster-upkeep' }),
    async (request, reply) => {
      const { decision } = parseDecide(request.body);
      const { region, id: absenceId } = placeOf(request);
      const given = { kind: 'decide', absenceId, decision } as const;
      const run = {
        request,
        name: 'absence.decide',
        subject: `absence:${absenceId}`,
        asked: given,
      };
      const result = await command(deps, run, (client, change) =>
        changeAbsence(client, { region, command: given }, change),
      );
      return sendResult(reply, result);
    },
  );
}

function listRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.get<Paged>(
    '/api/absences',
    under({ action: 'see-roster', of: 'scope', purpose: 'asked' }),
    async (request): Promise<Page<AbsenceView>> => {
      const { region: scope } = placeOf(request);
      const before = parseNumberCursor(request.query['before']);
      const openOn = request.query['show'] === 'all' ? null : todayOf(deps);
      const receipt = await audited(deps, request, { what: 'absences.read' });
      const { pool } = deps.store;
      const limit = limits.pageRows + 1;
      const rows = await listAbsences(pool, receipt, { scope, openOn, before, limit });
      const { items, next } = pageOf(rows, ({ position }) => String(position));
      const actors = items.flatMap(({ saidBy, decidedBy, withdrawnBy }) => [
        saidBy,
        decidedBy,
        withdrawnBy,
      ]);
      const logins = await loginsOf(pool, actors.map(accountIdOf));
      const self = await readSelf(pool, actorOf(accountOf(request)));
      return { items: items.map((each) => viewOf(each, { logins, self })), next };
    },
  );
}

function accountIdOf(actor: string | null): string {
  return actor?.startsWith(accountPrefix) === true ? actor.slice(accountPrefix.length) : '';
}

function viewOf(
  { position: _position, personId, name, ...absence }: ListedAbsence,
  { logins, self }: { readonly logins: ReadonlyMap<string, string>; readonly self: Self },
): AbsenceView {
  const loginOf = (actor: string | null) => logins.get(accountIdOf(actor)) ?? null;
  return {
    ...absence,
    person: { personId, name },
    saidBy: loginOf(absence.saidBy),
    decidedBy: loginOf(absence.decidedBy),
    withdrawnBy: loginOf(absence.withdrawnBy),
    isOwnMatter: isOwnMatter(self, { people: [personId], actors: [] }),
  };
}
