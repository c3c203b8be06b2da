import {
  refuse,
  type Grant,
  type Refusal,
  type Region,
  type RosterPerson,
} from '@sightline/contracts';
import { holdPerson } from '#consent/face-consent.ts';
import { allowFace, noteGranted } from '#consent/face-permission.ts';
import type { Client } from '#engine/store.ts';
import { appendCentreFacts, type CentreDraft } from '#log/append-centre-facts.ts';
import { updateDesired } from '#terminals/desired.ts';
import { factInstant, type RegisterChange } from './add-people.ts';

const grantsPerTerminal = 40;

export interface GrantIssue {
  readonly terminalId: string;
  readonly region: Region;
  readonly grant: Grant;
}

/**
 * Gives a terminal a grant: into its desired document (older ones for the same person and purpose,
 * and ended ones, go) and `grant.issued` into the log. One for a face allows the person's template
 * there again, whatever was withdrawn before. Takes part in the caller's transaction, which must be
 * rolled back on a refusal.
 */
export async function issueGrant(
  client: Client,
  issue: GrantIssue,
  change: RegisterChange,
): Promise<Refusal | null> {
  const { grant, terminalId, region } = issue;
  const { personId } = grant;
  const isForFace = grant.purpose === 'enrol-face';
  if (isForFace) {
    if (!(await holdPerson(client, { personId, region }))) {
      return refuse('not-active', 'This person is not, or no longer, on the list of the village.');
    }
    await allowFace(client, { personId, terminalId });
  }
  if ((await openGrants(client, issue, change)) > grantsPerTerminal) {
    return refuse('too-many-grants', 'Too many codes are open at this terminal. Wait ten minutes.');
  }
  const appended = await appendCentreFacts(client, [issuedDraft(issue, change)]);
  if ('refused' in appended) return appended;
  const { position } = appended;
  if (isForFace) await noteGranted(client, { personId, terminalId, position });
  return null;
}

/** Writes the grant, and that its person's face may stand there; returns how many are open then. */
async function openGrants(
  client: Client,
  { grant, terminalId }: GrantIssue,
  change: RegisterChange,
): Promise<number> {
  const now = factInstant(change.now);
  const desired = await updateDesired(client, terminalId, (document) => ({
    ...document,
    people: document.people.map((person) => allowedBy(grant, person)),
    grants: [
      ...document.grants.filter(
        (held) =>
          held.expiresAt > now &&
          !(held.personId === grant.personId && held.purpose === grant.purpose),
      ),
      grant,
    ],
  }));
  return desired.grants.length;
}

function allowedBy(grant: Grant, person: RosterPerson): RosterPerson {
  if (grant.purpose !== 'enrol-face' || person.personId !== grant.personId) return person;
  const { faceWithdrawn: _over, ...allowed } = person;
  return allowed;
}

function issuedDraft({ grant, terminalId, region }: GrantIssue, change: RegisterChange) {
  const { grantId, personId, purpose, expiresAt } = grant;
  const draft: CentreDraft<'grant.issued'> = {
    at: factInstant(change.now),
    region,
    stream: `terminal/${region}/${terminalId}`,
    type: 'grant.issued',
    world: 'actual',
    actor: change.actor,
    ...(change.cause === undefined ? {} : { cause: change.cause }),
    data: { grantId, personId, terminalId, purpose, expiresAt },
  };
  return draft;
}
