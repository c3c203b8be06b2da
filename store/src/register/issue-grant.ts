import { refuse, type Grant, type Refusal, type Region } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { appendCentreFacts } from '#log/append-centre-facts.ts';
import { updateDesired } from '#terminals/desired.ts';
import { factInstant, type RegisterChange } from './add-people.ts';

const grantsPerTerminal = 40;

/**
 * Gives a terminal a grant: into its desired document (older ones for the same person and purpose,
 * and ended ones, go) and `grant.issued` into the log. Takes part in the caller's transaction, which
 * must be rolled back on a refusal.
 */
export async function issueGrant(
  client: Client,
  issue: { readonly terminalId: string; readonly region: Region; readonly grant: Grant },
  change: RegisterChange,
): Promise<Refusal | null> {
  const { grant, terminalId, region } = issue;
  const now = factInstant(change.now);
  const desired = await updateDesired(client, terminalId, (document) => ({
    ...document,
    grants: [
      ...document.grants.filter(
        (held) =>
          held.expiresAt > now &&
          !(held.personId === grant.personId && held.purpose === grant.purpose),
      ),
      grant,
    ],
  }));
  if (desired.grants.length > grantsPerTerminal) {
    return refuse('too-many-grants', 'Too many codes are open at this terminal. Wait ten minutes.');
  }
  const appended = await appendCentreFacts(client, [
    {
      at: now,
      region,
      stream: `terminal/${region}/${terminalId}`,
      type: 'grant.issued',
      world: 'actual',
      actor: change.actor,
      ...(change.cause === undefined ? {} : { cause: change.cause }),
      data: {
        grantId: grant.grantId,
        personId: grant.personId,
        terminalId,
        purpose: grant.purpose,
        expiresAt: grant.expiresAt,
      },
    },
  ]);
  return 'refused' in appended ? appended : null;
}
