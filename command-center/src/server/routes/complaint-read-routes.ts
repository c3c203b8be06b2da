import type { ComplaintLine, ComplaintView, Page, ReadingView } from '@sightline/contracts';
import {
  dueAtOf,
  listAnswers,
  listComplaints,
  listReadings,
  loginsOf,
  readComplaint,
  type ListedComplaint,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { limits } from '#limits.ts';
import { audited } from '../audited.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { pageOf, parseNumberCursor } from '../page.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const accountPrefix = 'account:';

interface Paged {
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

/** What complaints there are, and 谁查看过: who read about a person, and why. */
export function complaintReadRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store, config } = deps;

  app.get<Paged>(
    '/api/complaints',
    under({ action: 'see-complaints', of: 'scope', purpose: 'asked' }),
    async (request): Promise<Page<ComplaintLine>> => {
      const from = parseNumberCursor(request.query['before']);
      const onlyOpen = request.query['show'] !== 'all';
      const receipt = await audited(deps, request, { what: 'complaints.list' });
      const rows = await listComplaints(store.pool, receipt, {
        scope: placeOf(request).region,
        login: accountOf(request).login,
        onlyOpen,
        limit: limits.pageRows + 1,
        from,
      });
      const { items, next } = pageOf(rows, ({ position }) => String(position));
      return { items: items.map((row) => toLine(row, config.complaintAnswerDays)), next };
    },
  );

  app.get(
    '/api/complaints/:complaintId',
    under({ action: 'see-complaints', of: 'complaint', purpose: 'asked' }),
    async (request): Promise<ComplaintView> => {
      const { id } = placeOf(request);
      const receipt = await audited(deps, request, {
        what: 'complaint.read',
        subject: `complaint:${id}`,
      });
      const found = await readComplaint(store.pool, receipt, id);
      if (found === null) throw new BadRequest(404, 'no-such-complaint', `There is no ${id}.`);
      const answers = await listAnswers(store.pool, id);
      const takenUpBy = found.takenUpBy?.slice(accountPrefix.length) ?? null;
      const answerers = answers.map(({ accountId }) => accountId);
      const accounts = takenUpBy === null ? answerers : [...answerers, takenUpBy];
      const logins = await loginsOf(store.pool, [...new Set(accounts)]);
      const { receipt: number, terminalId, text, contact, gone, takenUpAt, reopenedAt } = found;
      return {
        ...toLine(found, config.complaintAnswerDays),
        receipt: number,
        terminalId,
        text,
        contact,
        gone,
        takenUpAt,
        reopenedAt,
        takenUpBy: logins.get(takenUpBy ?? '') ?? null,
        answers: answers.map(({ at, text: said, accountId }) => ({
          at,
          text: said,
          by: logins.get(accountId) ?? null,
        })),
      };
    },
  );

  app.get<Paged>(
    '/api/people/:personId/readings',
    under({ action: 'see-readings', of: 'person', purpose: 'asked' }),
    async (request): Promise<Page<ReadingView>> => {
      const before = parseNumberCursor(request.query['before']);
      const { region, id: personId } = placeOf(request);
      const subject = `person:${personId}`;
      const receipt = await audited(deps, request, { what: 'readings.read', subject });
      const limit = limits.pageRows + 1;
      const rows = await listReadings(store.pool, receipt, { personId, region, limit, before });
      return pageOf(rows, ({ seq }) => String(seq));
    },
  );
}

function toLine(row: ListedComplaint, answerDays: number): ComplaintLine {
  const { complaintId, region, kind, sentences, origin, state, raisedAt, hasText } = row;
  const dueAt = dueAtOf(row, answerDays);
  return { complaintId, region, kind, sentences, origin, state, raisedAt, dueAt, hasText };
}
