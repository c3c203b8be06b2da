import {
  CreateTerminalRequest,
  refuse,
  type EnrolmentCodeReply,
  type Page,
  type RevokeReply,
  type TerminalView,
} from '@sightline/contracts';
import {
  createTerminal,
  factInstant,
  issueEnrolmentCode,
  loadRoster,
  placeNamesOf,
  refreshRosters,
  revokeTerminal,
  terminalIdsOf,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { nextTerminalId } from '#domain/terminal-id.ts';
import { limits } from '#limits.ts';
import { actorOf, audited } from '../audited.ts';
import { command, commandIdOf, sendResult } from '../commands.ts';
import { placeOf, viewerOf } from '../guard-routes.ts';
import { pageOf } from '../page.ts';
import { parser } from '../parse.ts';
import { BadRequest } from '../problem.ts';
import { readTerminals, type AfterTerminal } from '../read-terminals.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

const parseCreate = parser(CreateTerminalRequest);
const enrolmentCodeHours = 24;

const purpose = 'terminal-upkeep';
const ofTerminal = under({ action: 'change-terminals', of: 'terminal', purpose });

/** Terminals: the list, a new one, its one-time enrolment code, its end. */
export function terminalRoutes(app: FastifyInstance, deps: RouteDeps): void {
  app.get<{ Querystring: { after?: string } }>(
    '/api/terminals',
    under({ action: 'see-villages', of: 'scope' }),
    async (request): Promise<Page<TerminalView>> => {
      const { region: scope } = placeOf(request);
      const after = parseAfter(request.query.after);
      const views = await readTerminals(deps, scope, { after, limit: limits.pageRows + 1 });
      return pageOf(views, (view) => `${view.region}_${view.terminalId}`);
    },
  );

  changeRoutes(app, deps);
}

function changeRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  const ofBody = under({ action: 'change-terminals', of: 'body', purpose });

  app.post('/api/terminals', ofBody, async (request, reply) => {
    const { region } = parseCreate(request.body);
    const placeNames = await placeNamesOf(store.pool, region);
    const settings = { faceEnabled: true, demo: deps.config.demo };
    const run = { request, name: 'terminal.create', asked: null };
    const result = await command(deps, run, async (client) => {
      if (!(await loadRoster(client, region)).isVillage) {
        return refuse('no-such-village', `${region} is no village of the register.`);
      }
      const terminalId = nextTerminalId(region, await terminalIdsOf(client, region));
      if (terminalId === null) {
        return refuse('terminals-full', 'The village has all the terminals it may have.');
      }
      await createTerminal(client, { terminalId, region, simulated: false, placeNames, settings });
      await refreshRosters(client, [region]);
      return { terminalId };
    });
    return sendResult(reply, result);
  });

  // Repeated, it makes a new code and ends the one before: nothing doubles.
  app.post('/api/terminals/:terminalId/enrolment-code', ofTerminal, async (request, reply) => {
    const { id: terminalId } = placeOf(request);
    const subject = `terminal:${terminalId}`;
    await audited(deps, request, { what: 'terminal.enrolment-code', subject });
    const now = deps.now();
    const code = await issueEnrolmentCode(store.pool, terminalId, factInstant(now));
    const expiresAt = factInstant(now.add({ hours: enrolmentCodeHours }));
    const result: EnrolmentCodeReply = { terminalId, code, expiresAt };
    return sendResult(reply, result);
  });

  // Repeated, there is no key left to end: `ended` is 0.
  app.post('/api/terminals/:terminalId/revoke', ofTerminal, async (request, reply) => {
    const { id: terminalId } = placeOf(request);
    const subject = `terminal:${terminalId}`;
    await audited(deps, request, { what: 'terminal.revoke', subject });
    const ended = await revokeTerminal(store, {
      terminalId,
      now: factInstant(deps.now()),
      actor: actorOf(viewerOf(request)),
      cause: commandIdOf(request),
    });
    const result: RevokeReply = { terminalId, ended: ended.length };
    return sendResult(reply, result);
  });
}

function parseAfter(text: string | undefined): AfterTerminal | null {
  if (text === undefined) return null;
  const [, region, terminalId] = /^(\d{4,12})_([a-z0-9-]{1,40})$/.exec(text) ?? [];
  if (region !== undefined && terminalId !== undefined) return { region, terminalId };
  throw new BadRequest(400, 'malformed', `"${text}" is no cursor of a page.`);
}
