import type { Refusal, Region } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { appendCentreFacts } from '#log/append-centre-facts.ts';
import { factInstant, type RegisterChange } from '#register/add-people.ts';
import { refreshRosters } from '#register/roster.ts';
import { forbidFace } from './face-permission.ts';

/** The stream in which withdrawals at the console stand. */
export function consentStream(region: Region): string {
  return `people/${region}/consent`;
}

/**
 * 撤回同意 at the console, on the person's word: no template of theirs may stand at any terminal of the
 * village, open codes for their face end, and `consent.withdrawn` is appended. The caller holds the
 * person (`holdFaceConsents`) and has decided; its transaction must be rolled back on a refusal.
 */
export async function withdrawFace(
  client: Client,
  { personId, region }: { readonly personId: string; readonly region: Region },
  change: RegisterChange,
): Promise<Refusal | null> {
  await forbidFace(client, { personId, region, position: null });
  await refreshRosters(client, [region]);
  const appended = await appendCentreFacts(client, [
    {
      at: factInstant(change.now),
      region,
      stream: consentStream(region),
      type: 'consent.withdrawn',
      world: 'actual',
      actor: change.actor,
      ...(change.cause === undefined ? {} : { cause: change.cause }),
      data: { personId },
    },
  ]);
  return 'refused' in appended ? appended : null;
}
