import { refuse, type Refusal } from '@sightline/contracts';
import type { MeetingOptions } from '#meeting-client.ts';

/** A new token for the seat, where the server refused the one at hand; null = it stays, or nobody gives another. */
export async function renewToken(
  refusal: Refusal | null,
  renew: MeetingOptions['renewToken'],
): Promise<string | Refusal | null> {
  const isRefused = refusal?.code === 'bad-token' || refusal?.code === 'stale-token';
  if (!isRefused || renew === undefined) return null;
  try {
    return await renew();
  } catch (fault) {
    return refuse('no-token', reasonOf(fault));
  }
}

/** What failed, for people. */
export function reasonOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
