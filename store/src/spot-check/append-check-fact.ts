import { spotCheckStream, type FactData, type Refusal } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { appendShownFact } from '#log/append-shown-fact.ts';
import type { RegisterChange } from '#register/add-people.ts';
import { spotCheckProjection } from './spot-check-projection.ts';

type CheckFact = 'spot-check.ordered' | 'spot-check.withdrawn' | 'spot-check.called-back';

/** A fact of the centre about a check before it has a time and an actor. */
export interface CheckDraft<T extends CheckFact> {
  readonly region: string;
  readonly type: T;
  readonly data: FactData<T>;
}

/** Appends it in the caller's transaction and shows it at once. */
export function appendCheckFact<T extends CheckFact>(
  client: Client,
  draft: CheckDraft<T>,
  change: Pick<RegisterChange, 'now' | 'actor' | 'cause'>,
): Promise<Refusal | null> {
  const stream = spotCheckStream(draft.region, draft.data.checkId);
  return appendShownFact(client, { ...draft, stream }, { projection: spotCheckProjection, change });
}
