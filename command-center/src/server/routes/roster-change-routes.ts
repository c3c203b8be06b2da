import {
  EditRosterRequest,
  GenerateRequest,
  ImportCalendarRequest,
  isRefusal,
  refuse,
  SetPatternsRequest,
  UndoRosterRequest,
  type CalendarRow,
  type GenerateReply,
  type Refusal,
} from '@sightline/contracts';
import { changeRosters, holdRosters, replaceCalendar, setPatterns } from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { refusePatterns } from '#domain/watch/refuse-patterns.ts';
import { editVillage, undoVillage } from '#roster/change-village.ts';
import { planRosters, showPlan } from '#roster/plan-rosters.ts';
import { stateCalendar } from '#roster/state-calendar.ts';
import { audited } from '../audited.ts';
import { command, sendResult } from '../commands.ts';
import { placeOf } from '../guard-routes.ts';
import { requireDay } from '../month-query.ts';
import { parser } from '../parse.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const parseCalendar = parser(ImportCalendarRequest);
const parsePatterns = parser(SetPatternsRequest);
const parseGenerate = parser(GenerateRequest);
const parseEdit = parser(EditRosterRequest);
const parseUndo = parser(UndoRosterRequest);

/** 值班表, as it is changed: calendar, patterns, a month generated, single slots, and the undo. */
export function rosterChangeRoutes(app: FastifyInstance, deps: RouteDeps): void {
  rulesRoutes(app, deps);
  generateRoute(app, deps);
  const rule = under({ action: 'change-roster', of: 'village', purpose: 'roster-upkeep' });

  app.post('/api/villages/:region/roster/edit', rule, async (request, reply) => {
    const { region } = placeOf(request);
    const asked = parseEdit(request.body);
    for (const { shift } of asked.slots) requireDay(shift.slice(0, 10));
    const { position, slots: edits } = asked;
    const result = await command(deps, { request, name: 'roster.edit', asked }, (client, change) =>
      editVillage(client, { region, position, edits }, change),
    );
    return sendResult(reply, result);
  });

  app.post('/api/villages/:region/roster/undo', rule, async (request, reply) => {
    const { region } = placeOf(request);
    const asked = parseUndo(request.body);
    const result = await command(deps, { request, name: 'roster.undo', asked }, (client, change) =>
      undoVillage(client, { region, position: asked.position }, change),
    );
    return sendResult(reply, result);
  });
}

function rulesRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.post(
    '/api/roster-calendar',
    under({ action: 'change-watch-rules', of: 'body', purpose: 'roster-upkeep' }),
    async (request, reply) => {
      const asked = parseCalendar(request.body);
      const { region, year } = asked;
      const days = daysAsked(asked);
      const run = { request, name: 'roster.calendar', asked };
      const result = await command(deps, run, async (client) => {
        if (isRefusal(days)) return days;
        await replaceCalendar(client, { region, year, days });
        return { region, year, days: days.length };
      });
      return sendResult(reply, result);
    },
  );

  app.post(
    '/api/roster-patterns',
    under({ action: 'change-roster', of: 'body', purpose: 'roster-upkeep' }),
    async (request, reply) => {
      const asked = parsePatterns(request.body);
      const run = { request, name: 'roster.patterns', asked };
      const result = await command(deps, run, async (client) => {
        const refusal = refusePatterns(asked);
        if (refusal !== null) return refusal;
        const villages = await holdRosters(client, asked.region);
        await setPatterns(client, villages, asked.posts);
        return { villages: villages.length };
      });
      return sendResult(reply, result);
    },
  );
}

function daysAsked(asked: ImportCalendarRequest): readonly CalendarRow[] | Refusal {
  if (asked.source === 'library') {
    const days = stateCalendar(asked.year, asked.festivalDays);
    if (days !== null) return days;
    return refuse('year-not-known', `The holidays of ${asked.year} are not known: enter them.`);
  }
  for (const { day } of asked.days) requireDay(day);
  const stray = asked.days.find(({ day }) => !day.startsWith(`${asked.year}-`));
  if (stray !== undefined) return refuse('other-year', `${stray.day} is no day of ${asked.year}.`);
  const isTwice = new Set(asked.days.map(({ day }) => day)).size < asked.days.length;
  return isTwice ? refuse('day-twice', 'A day is there twice.') : asked.days;
}

function generateRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.post(
    '/api/rosters/generate',
    under({ action: 'change-roster', of: 'body', purpose: 'roster-upkeep' }),
    async (request, reply) => {
      const asked = parseGenerate(request.body);
      requireDay(asked.from);
      const { region: scope, from, days, mode } = asked;
      if (!asked.apply) {
        await audited(deps, request, { what: 'roster.generate-tried' });
        const planned = await planRosters(deps.store.pool, {
          scope,
          from,
          days,
          mode,
          now: deps.now(),
        });
        const tried: GenerateReply = { applied: false, ...showPlan(planned) };
        return reply.send(tried);
      }
      const run = { request, name: 'roster.generate', asked };
      const result = await command(deps, run, async (client, change) => {
        await holdRosters(client, scope);
        const planned = await planRosters(client, { scope, from, days, mode, now: change.now });
        const shown = showPlan(planned);
        if (shown.digest !== asked.digest) {
          return refuse(
            'looked-different',
            'What would stand is not what was shown. Try it again.',
          );
        }
        const changed = planned.filter((village) => village.changed > 0);
        const refusal = await changeRosters(client, changed, { ...change, why: 'generated' });
        return refusal ?? { applied: true, ...shown };
      });
      return sendResult(reply, result);
    },
  );
}
