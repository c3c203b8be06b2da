import {
  isRefusal,
  refuse,
  RosterDigest,
  workbookType,
  type RosterImportReply,
} from '@sightline/contracts';
import {
  changeRosters,
  holdRosters,
  readRoster,
  rosterNames,
  rosterPeople,
  rosterVillages,
} from '@sightline/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { daysOfMonth } from '#domain/watch/day-kind.ts';
import { takeUpload } from '#register-import/take-upload.ts';
import { peopleIn } from '#roster/duty-view.ts';
import { planImport, readRosters, type ReadWorkbook } from '#roster/import-rosters.ts';
import { rosterLimits } from '#roster/limits.ts';
import { showPlan } from '#roster/plan-rosters.ts';
import { calendarDays } from '#roster/read-village-roster.ts';
import { rosterWorkbook, type RosterSheet } from '#roster/roster-workbook.ts';
import { audited } from '../audited.ts';
import { command, sendResult } from '../commands.ts';
import { placeOf } from '../guard-routes.ts';
import { monthOf } from '../month-query.ts';
import { parser } from '../parse.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const parseImport = parser(
  Type.Object({
    apply: Type.Union([Type.Literal('true'), Type.Literal('false')]),
    digest: Type.Optional(RosterDigest),
  }),
);

/** 值班表工作簿, out and in. */
export function rosterFileRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.get(
    '/api/export/rosters.xlsx',
    under({ action: 'see-roster', of: 'scope', purpose: 'asked' }),
    async (request, reply) => {
      const { region } = placeOf(request);
      requireTownship(region);
      const month = monthOf(request);
      const sheets = await sheetsOf(deps, request, month);
      const days = await calendarDays(deps.store.pool, { region, month });
      return reply
        .type(workbookType)
        .header('content-disposition', `attachment; filename="roster-${region}-${month}.xlsx"`)
        .send(rosterWorkbook(sheets, days));
    },
  );
  importRoute(app, deps);
}

/** Throws a 400 for a wider scope than a workbook may hold. */
function requireTownship(region: string): void {
  if (region.length >= 9) return;
  throw new BadRequest(400, 'too-wide', 'A workbook holds one township or village: name it.');
}

async function sheetsOf(
  deps: RouteDeps,
  request: FastifyRequest,
  month: string,
): Promise<RosterSheet[]> {
  const { region: scope } = placeOf(request);
  const { pool } = deps.store;
  const receipt = await audited(deps, request, { what: 'roster.export' });
  const limit = rosterLimits.sheets;
  const villages = await rosterVillages(pool, { scope, after: null, limit });
  const { from, days } = daysOfMonth(month);
  const stored = await readRoster(pool, { scope, from, to: `${month}-${days}` });
  const slots = Map.groupBy(stored, ({ region }) => region);
  const listed = await rosterPeople(pool, scope);
  const sheets: RosterSheet[] = [];
  for (const { region, name } of villages) {
    const own = slots.get(region) ?? [];
    const ids = [...(listed.get(region) ?? []), ...peopleIn(own)];
    const people = await rosterNames(pool, receipt, { scope: region, ids });
    sheets.push({ region, name, people, slots: own });
  }
  return sheets;
}

function importRoute(app: FastifyInstance, deps: RouteDeps): void {
  let uploads = 0;
  app.post(
    '/api/rosters/import',
    under({ action: 'change-roster', of: 'scope', purpose: 'roster-upkeep' }),
    async (request, reply) => {
      const { region: scope } = placeOf(request);
      const { apply, digest } = parseImport(request.query);
      requireTownship(scope);
      if (request.headers['content-type']?.split(';', 1)[0] !== workbookType) {
        throw new BadRequest(415, 'not-a-workbook', `The body is an .xlsx: ${workbookType}.`);
      }
      if (uploads >= rosterLimits.uploadsAtOnce) {
        return sendResult(reply, refuse('too-many-imports', 'Others are reading. Try again soon.'));
      }
      uploads += 1;
      try {
        const receipt = await audited(deps, request, { what: 'roster.import-tried' });
        const file = Buffer.from(await takeUpload(request, rosterLimits.uploadBytes));
        const read = await readRosters(deps.store.pool, receipt, { scope, file });
        if (apply === 'false') return await reply.send(await tryImport(deps, read));
        const result = await applyImport(deps, { request, read, digest });
        return sendResult(reply, result);
      } catch (error) {
        // What is not read of a body cannot be followed by another request.
        void reply.header('connection', 'close');
        throw error;
      } finally {
        uploads -= 1;
      }
    },
  );
}

async function tryImport(
  { store, now }: RouteDeps,
  { sheets, faults }: ReadWorkbook,
): Promise<RosterImportReply> {
  const planned = faults.length > 0 ? [] : await planImport(store.pool, sheets, now());
  if ('code' in planned) return { applied: false, ...showPlan([]), faults: [planned] };
  return { applied: false, ...showPlan(planned), faults };
}

function applyImport(
  deps: RouteDeps,
  {
    request,
    read,
    digest = '',
  }: {
    readonly request: FastifyRequest;
    readonly read: ReadWorkbook;
    readonly digest?: string | undefined;
  },
) {
  const { region: scope } = placeOf(request);
  const run = { request, name: 'roster.import', asked: { digest } };
  return command(deps, run, async (client, change) => {
    await holdRosters(client, scope);
    if (read.faults.length > 0) return refuse('workbook-wrong', 'The workbook has faults: try it.');
    const planned = await planImport(client, read.sheets, change.now);
    if ('code' in planned) return refuse('workbook-wrong', 'The workbook has faults: try it.');
    const shown = showPlan(planned);
    if (shown.digest !== digest) {
      return refuse('looked-different', 'What would stand is not what was shown. Try it again.');
    }
    const changed = planned.filter((village) => village.changed > 0);
    const refusal = await changeRosters(client, changed, { ...change, why: 'imported' });
    if (isRefusal(refusal)) return refusal;
    return { applied: true, ...shown, faults: [] };
  });
}
