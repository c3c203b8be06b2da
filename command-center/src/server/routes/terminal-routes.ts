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
  listTerminals,
  loadRoster,
  placeNamesOf,
  readBrokerState,
  readDesiredVersions,
  refreshRosters,
  revokeTerminal,
  terminalIdsOf,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { nextTerminalId } from '#domain/terminal-id.ts';
import { viewTerminal } from '#domain/view-terminal.ts';
import { limits } from '#limits.ts';
import { actorOf, audited } from '../audited.ts';
import { command, commandIdOf, sendResult } from '../commands.ts';
import { pageOf } from '../page.ts';
import { parser } from '../parse.ts';
import { BadRequest } from '../problem.ts';
import { demandTerminal, demandVillage } from '../require-village.ts';
import { requireAction, scopeOf, viewerOf } from '../require.ts';
import type { RouteDeps } from '../route-deps.ts';

const parseCreate = parser(CreateTerminalRequest);
const enrolmentCodeHours = 24;

type OfTerminal = { readonly Params: { readonly terminalId: string } };

/** Terminals: the list, a new one, its one-time enrolment code, its end. */
export function terminalRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  app.get<{ Querystring: { region?: string; after?: string } }>(
    '/api/terminals',
    { onRequest: requireAction('see-villages') },
    async (request): Promise<Page<TerminalView>> => {
      const scope = scopeOf(viewerOf(request), request.query.region);
      const after = parseAfter(request.query.after);
      const page = { limit: limits.pageRows + 1, ...(after === null ? {} : { after }) };
      const [rows, broker] = await Promise.all([
        listTerminals(store.pool, scope, page),
        readBrokerState(store.pool),
      ]);
      const versions = await readDesiredVersions(
        store.pool,
        rows.map((row) => row.terminalId),
      );
      const now = deps.now();
      const views = rows.map((row) =>
        viewTerminal({ ...row, desiredVersion: versions.get(row.terminalId) ?? 0 }, broker, now),
      );
      return pageOf(views, (view) => `${view.region}_${view.terminalId}`);
    },
  );

  changeRoutes(app, deps);
}

function changeRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  const onRequest = requireAction('change-terminals');

  app.post('/api/terminals', { onRequest }, async (request, reply) => {
    const { region: asked } = parseCreate(request.body);
    const viewer = viewerOf(request);
    const region = demandVillage(viewer, 'change-terminals', asked);
    const placeNames = await placeNamesOf(store.pool, region);
    const settings = { faceEnabled: true, demo: deps.config.demo };
    const purpose = 'terminal-upkeep';
    const run = { request, name: 'terminal.create', region, purpose, asked };
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
  app.post<OfTerminal>(
    '/api/terminals/:terminalId/enrolment-code',
    { onRequest },
    async (request, reply) => {
      const { terminalId } = request.params;
      const viewer = viewerOf(request);
      const region = await demandTerminal(store, viewer, {
        action: 'change-terminals',
        terminalId,
      });
      const purpose = 'terminal-upkeep';
      const subject = `terminal:${terminalId}`;
      await audited(deps, { viewer, what: 'terminal.enrolment-code', region, purpose, subject });
      const now = deps.now();
      const code = await issueEnrolmentCode(store.pool, terminalId, factInstant(now));
      const expiresAt = factInstant(now.add({ hours: enrolmentCodeHours }));
      const result: EnrolmentCodeReply = { terminalId, code, expiresAt };
      return sendResult(reply, result);
    },
  );

  // Repeated, there is no key left to end: `ended` is 0.
  app.post<OfTerminal>(
    '/api/terminals/:terminalId/revoke',
    { onRequest },
    async (request, reply) => {
      const { terminalId } = request.params;
      const viewer = viewerOf(request);
      const region = await demandTerminal(store, viewer, {
        action: 'change-terminals',
        terminalId,
      });
      const purpose = 'terminal-upkeep';
      const subject = `terminal:${terminalId}`;
      await audited(deps, { viewer, what: 'terminal.revoke', region, purpose, subject });
      const ended = await revokeTerminal(store, {
        terminalId,
        now: factInstant(deps.now()),
        actor: actorOf(viewer),
        cause: commandIdOf(request),
      });
      const result: RevokeReply = { terminalId, ended: ended.length };
      return sendResult(reply, result);
    },
  );
}

function parseAfter(text: string | undefined): { region: string; terminalId: string } | null {
  if (text === undefined) return null;
  const [, region, terminalId] = /^(\d{4,12})_([a-z0-9-]{1,40})$/.exec(text) ?? [];
  if (region !== undefined && terminalId !== undefined) return { region, terminalId };
  throw new BadRequest(400, 'malformed', `"${text}" is no cursor of a page.`);
}
