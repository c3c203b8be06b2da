import { WithdrawFaceRequest, type ConsentEventView, type Page } from '@sightline/contracts';
import {
  holdFaceConsents,
  listConsentEvents,
  loadRoster,
  loginsOf,
  withdrawFace,
  type ConsentEvent,
  type Store,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { faceStateOf, refuseWithdrawal } from '#domain/consent.ts';
import { refuseInactive } from '#domain/people.ts';
import { limits } from '#limits.ts';
import { audited } from '../audited.ts';
import { command, sendResult } from '../commands.ts';
import { pageOf, parseNumberCursor } from '../page.ts';
import { parser } from '../parse.ts';
import { placeOf } from '../guard-routes.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { faceAt, receiptOf } from '../verify-receipt.ts';

const parseWithdraw = parser(WithdrawFaceRequest);
const accountPrefix = 'account:';

interface ReadLedger {
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

/** 同意. A person's ledger with its receipts, and the withdrawal on the person's word. */
export function consentRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;

  app.get<ReadLedger>(
    '/api/people/:personId/consent',
    under({ action: 'see-people', of: 'person', purpose: 'asked' }),
    async (request): Promise<Page<ConsentEventView>> => {
      const before = parseNumberCursor(request.query['before']);
      const { region, id: personId } = placeOf(request);
      const subject = `person:${personId}`;
      const receipt = await audited(deps, request, { what: 'consent.read', subject });
      const limit = limits.pageRows + 1;
      const page = { personId, region, limit, before };
      const { items, next } = pageOf(
        await listConsentEvents(store.pool, receipt, page),
        ({ position }) => String(position),
      );
      return { items: await viewEvents(store, items), next };
    },
  );

  app.post(
    '/api/people/:personId/withdraw-face',
    under({ action: 'withdraw-face', of: 'person', purpose: 'consent-upkeep' }),
    async (request, reply) => {
      const { region, id: personId } = placeOf(request);
      const asked = parseWithdraw(request.body ?? {});
      const subject = `person:${personId}`;
      const run = { request, name: 'consent.withdraw', subject, asked };
      const result = await command(deps, run, async (client, change) => {
        const person = { personId, region };
        const faces = await holdFaceConsents(client, person);
        const refusal =
          refuseInactive(await loadRoster(client, region), personId) ??
          refuseWithdrawal(faceStateOf((faces ?? []).map((face) => faceAt(personId, face))));
        if (refusal !== null) return refusal;
        return (await withdrawFace(client, person, change)) ?? { personId };
      });
      return sendResult(reply, result);
    },
  );
}

async function viewEvents(
  store: Store,
  events: readonly ConsentEvent[],
): Promise<ConsentEventView[]> {
  const accounts = events
    .flatMap(({ actor, vouchedBy }) => [actor, vouchedBy ?? ''])
    .filter((who) => who.startsWith(accountPrefix))
    .map((who) => who.slice(accountPrefix.length));
  const logins = await loginsOf(store.pool, [...new Set(accounts)]);
  const loginOf = (who: string | null) =>
    logins.get(who?.slice(accountPrefix.length) ?? '') ?? null;
  return events.map((event) => ({
    id: event.id,
    kind: event.kind,
    at: event.at,
    certain: event.certain,
    terminalId: event.terminalId,
    by: loginOf(event.actor),
    consentVersion: event.consentVersion,
    model: event.model,
    vouchedBy: loginOf(event.vouchedBy),
    reason: event.reason,
    receipt: receiptOf(event),
  }));
}
