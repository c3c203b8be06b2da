import type { Client } from '#engine/store.ts';
import { entriesOf, type Entry } from '#live/read-entry.ts';
import { centreSource } from '#log/append-centre-facts.ts';
import type { StoredFact } from '#log/log-entry.ts';
import type { Projection } from '#log/projector.ts';

/** 同意台账 → `consent_event`, and who vouched → `face_grant`. A template is real in a drill, too. */
export const consentProjection: Projection = {
  name: 'face-consent',
  version: 1,
  async reset(client) {
    await client.query('truncate consent_event, face_grant');
  },
  async apply(client, entries) {
    const events = [
      ...entriesOf('face.enrolled', entries).map(enrolledRow),
      ...entriesOf('consent.withdrawn', entries).map(withdrawnRow),
      ...entriesOf('face.erased', entries).map(erasedRow),
    ];
    if (events.length > 0) await insertEvents(client, events);
    const grants = entriesOf('grant.issued', entries).filter(
      ({ fact, data }) => fact.source === centreSource && data.purpose === 'enrol-face',
    );
    if (grants.length > 0) await insertGrants(client, grants);
  },
};

/** Beyond this an uptime says nothing, and could not be added to an instant. */
const longestUptimeMs = Date.UTC(2100, 0);

interface Row extends Pick<StoredFact, 'position' | 'fact'> {
  readonly kind: 'enrolled' | 'withdrawn' | 'erased';
  readonly personId: string;
  readonly terminalId: string | null;
  readonly consentVersion: string | null;
  readonly model: string | null;
  readonly grantId: string | null;
  readonly reason: string | null;
  readonly sig: string | null;
}

const empty = { consentVersion: null, model: null, grantId: null, reason: null, sig: null };

function enrolledRow({ position, fact, data }: Entry<'face.enrolled'>): Row {
  const { personId, terminalId, consentVersion, model, grantId } = data;
  const own = { personId, terminalId, consentVersion, model, grantId };
  return { ...empty, ...own, position, fact, kind: 'enrolled' };
}

function withdrawnRow({ position, fact, data }: Entry<'consent.withdrawn'>): Row {
  const { personId, terminalId = null } = data;
  return { ...empty, personId, terminalId, position, fact, kind: 'withdrawn' };
}

function erasedRow({ position, fact, data }: Entry<'face.erased'>): Row {
  const { personId, terminalId, model, reason, sig } = data;
  return { ...empty, personId, terminalId, model, reason, sig, position, fact, kind: 'erased' };
}

async function insertEvents(client: Client, rows: readonly Row[]): Promise<void> {
  await client.query({
    name: 'insert-consent-event',
    text: `
      insert into consent_event (id, position, kind, at, has_own_clock, boot_id, uptime_ms, region,
        person_id, terminal_id, source, actor, consent_version, model, grant_id, reason, sig)
      select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[], $5::boolean[],
        $6::uuid[], $7::bigint[], $8::text[], $9::uuid[], $10::text[], $11::text[], $12::text[],
        $13::text[], $14::text[], $15::uuid[], $16::text[], $17::text[])
      on conflict do nothing`,
    values: [
      rows.map(({ fact }) => fact.id),
      rows.map(({ position }) => position),
      rows.map(({ kind }) => kind),
      rows.map(({ fact }) => fact.at),
      rows.map(({ fact }) => fact.clock.offsetMs !== null),
      rows.map(({ fact }) => fact.clock.bootId),
      rows.map(({ fact }) => Math.min(fact.clock.uptimeMs, longestUptimeMs)),
      rows.map(({ fact }) => fact.region),
      rows.map(({ personId }) => personId),
      rows.map(({ terminalId }) => terminalId),
      rows.map(({ fact }) => fact.source),
      rows.map(({ fact }) => fact.actor),
      rows.map(({ consentVersion }) => consentVersion),
      rows.map(({ model }) => model),
      rows.map(({ grantId }) => grantId),
      rows.map(({ reason }) => reason),
      rows.map(({ sig }) => sig),
    ],
  });
}

async function insertGrants(
  client: Client,
  grants: readonly Entry<'grant.issued'>[],
): Promise<void> {
  await client.query({
    name: 'insert-face-grant',
    text: `
      insert into face_grant (grant_id, position, person_id, terminal_id, actor)
      select * from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::text[])
      on conflict do nothing`,
    values: [
      grants.map(({ data }) => data.grantId),
      grants.map(({ position }) => position),
      grants.map(({ data }) => data.personId),
      grants.map(({ data }) => data.terminalId),
      grants.map(({ fact }) => fact.actor),
    ],
  });
}
