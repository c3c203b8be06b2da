import {
  AppealRequest,
  DecideCorrectionRequest,
  DutyPost,
  ProposeCorrectionRequest,
  instantPattern,
  type CorrectionView,
  type LedgerDutyView,
  type Page,
} from '@sightline/contracts';
import {
  findCorrection,
  listCorrections,
  listCorrectionsOf,
  listDutyEvidence,
  readLedgerRow,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { changeCorrection } from '#correction/change-correction.ts';
import { limits } from '#limits.ts';
import { actorOf, audited } from '../audited.ts';
import { command, sendResult } from '../commands.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { requireDay } from '../month-query.ts';
import { pageOf, parseNumberCursor } from '../page.ts';
import { parser } from '../parse.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { viewCorrections } from '../view-correction.ts';

const parseAppeal = parser(AppealRequest);
const parseProposal = parser(ProposeCorrectionRequest);
const parseDecision = parser(DecideCorrectionRequest);
const parseDuty = parser(
  Type.Object({ post: DutyPost, starts: Type.String({ pattern: instantPattern }) }),
);
const byName = { action: 'see-ledger', of: 'scope', purpose: 'asked' } as const;
const ofBody = { action: 'correct-ledger', of: 'body', purpose: 'duty-watch' } as const;

interface Paged {
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

/** 申诉与更正: what is said against a finding, what it should be, and the second person's word. */
export function correctionRoutes(app: FastifyInstance, deps: RouteDeps): void {
  readRoutes(app, deps);

  app.post('/api/corrections/appeal', under(ofBody), async (request, reply) => {
    const { region, correctionId, duty, reason, text } = parseAppeal(request.body);
    requireDay(duty.day);
    const given = { kind: 'appeal', correctionId, reason } as const;
    const subject = `correction:${correctionId}`;
    const run = { request, name: 'correction.appeal', subject, asked: { duty, given, text } };
    const result = await command(deps, run, (client, change) =>
      changeCorrection(client, { region, duty, command: given, text: text.trim() }, change),
    );
    return sendResult(reply, result);
  });

  app.post('/api/corrections/propose', under(ofBody), async (request, reply) => {
    const { region, correctionId, duty, verdict, reason } = parseProposal(request.body);
    requireDay(duty.day);
    const given = { kind: 'propose', correctionId, verdict, reason } as const;
    const subject = `correction:${correctionId}`;
    const run = { request, name: 'correction.propose', subject, asked: { duty, given } };
    const result = await command(deps, run, (client, change) =>
      changeCorrection(client, { region, duty, command: given }, change),
    );
    return sendResult(reply, result);
  });

  app.post(
    '/api/corrections/:correctionId/decide',
    under({ action: 'correct-ledger', of: 'correction', purpose: 'duty-watch' }),
    async (request, reply) => {
      const { decision } = parseDecision(request.body);
      const { id: correctionId } = placeOf(request);
      const placed = await findCorrection(deps.store.pool, correctionId);
      if (placed === null) throw new Error(`The case ${correctionId} was there a moment ago.`);
      const given = { kind: 'decide', correctionId, decision } as const;
      const subject = `correction:${correctionId}`;
      const run = { request, name: 'correction.decide', subject, asked: given };
      const result = await command(deps, run, (client, change) =>
        changeCorrection(client, { ...placed, command: given }, change),
      );
      return sendResult(reply, result);
    },
  );
}

function readRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { pool } = deps.store;

  app.get<Paged>(
    '/api/corrections',
    under(byName),
    async (request): Promise<Page<CorrectionView>> => {
      const { region: scope } = placeOf(request);
      const after = parseNumberCursor(request.query['after']);
      const onlyOpen = request.query['show'] !== 'all';
      const receipt = await audited(deps, request, { what: 'corrections.read' });
      const limit = limits.pageRows + 1;
      const rows = await listCorrections(pool, receipt, { scope, onlyOpen, after, limit });
      const { items, next } = pageOf(rows, ({ position }) => String(position));
      return { items: await viewCorrections(pool, items, actorOf(accountOf(request))), next };
    },
  );

  app.get('/api/ledger/duty', under(byName), async (request): Promise<LedgerDutyView> => {
    const { region } = placeOf(request);
    if (region.length !== 12) {
      throw new BadRequest(400, 'malformed', '?region= is no village code: 12 digits.');
    }
    const { post, starts: startsAt } = parseDuty(request.query);
    const receipt = await audited(deps, request, { what: 'ledger.duty' });
    const key = { region, post, startsAt };
    const row = await readLedgerRow(pool, receipt, key);
    if (row === null) throw new BadRequest(404, 'no-such-duty', 'The ledger has no such duty.');
    const evidence = await listDutyEvidence(pool, receipt, key);
    const cases = await listCorrectionsOf(pool, receipt, key);
    const chain = await viewCorrections(pool, cases, actorOf(accountOf(request)));
    return { row, evidence, chain };
  });
}
