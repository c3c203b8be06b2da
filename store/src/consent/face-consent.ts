import type { ErasureReason, Region } from '@sightline/contracts';
import { isoText } from '#engine/iso-text.ts';
import type { Client } from '#engine/store.ts';

/** The last template of a person at one terminal, and what is known of its end. */
export interface FaceConsent {
  readonly terminalId: string;
  /** The consent it rests on was withdrawn, at the terminal, at another or at the console. */
  readonly isWithdrawn: boolean;
  /** The device's key has ended: nothing will be heard of it any more. */
  readonly isKeyEnded: boolean;
  /** What the terminal said when it erased it, not verified; null = not yet. */
  readonly erasure: FaceErasure | null;
}

/** An erasure receipt with the key that should have signed it. */
export interface FaceErasure {
  readonly source: string;
  readonly reason: ErasureReason;
  readonly model: string;
  /** As the fact says it, and as it was signed. */
  readonly saidAt: string;
  /** r‖s, base64url. */
  readonly sig: string;
  /** The key enrolled for that source, SPKI DER base64url, and the terminal it belongs to. */
  readonly publicKey: string | null;
  readonly keyTerminalId: string | null;
}

/** `consent.faces`: a lateral join that gives a person `p` their face consents as one JSON list. */
export const faceConsentsOfPerson = `
  left join lateral (
    select coalesce(jsonb_agg(jsonb_build_object(
             'terminalId', c.terminal_id, 'isWithdrawn', c.is_withdrawn,
             'isKeyEnded', c.is_key_ended,
             'erasure', case when c.erasure_id is null then null else jsonb_build_object(
               'source', c.erased_by, 'reason', c.erased_for, 'model', c.erased_model,
               'saidAt', ${isoText('c.erased_at')}, 'sig', c.sig,
               'publicKey', k.public_key, 'keyTerminalId', k.terminal_id) end
           ) order by c.terminal_id), '[]') as faces
    from face_consent c left join terminal_source k on k.source = c.erased_by
    where c.person_id = p.person_id and c.region = p.region
  ) as consent on true`;

/**
 * A person's face consents for a decision; null where they are not on the village's list. Locks the
 * person until the end of the transaction: withdrawals and codes for one face wait for each other.
 */
export async function holdFaceConsents(
  client: Client,
  person: { readonly personId: string; readonly region: Region },
): Promise<readonly FaceConsent[] | null> {
  if (!(await holdPerson(client, person))) return null;
  // A statement of its own: it sees what the holder before committed.
  const { rows } = await client.query<{ faces: readonly FaceConsent[] }>(
    `select consent.faces from person p ${faceConsentsOfPerson} where p.person_id = $1`,
    [person.personId],
  );
  return rows[0]?.faces ?? [];
}

/** Locks the row of an active person of that village; false = there is none. */
export async function holdPerson(
  client: Client,
  { personId, region }: { readonly personId: string; readonly region: Region },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from person where person_id = $1 and region = $2 and slot is not null for update`,
    [personId, region],
  );
  return rowCount === 1;
}
