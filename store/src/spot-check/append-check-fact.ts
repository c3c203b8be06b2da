import { spotCheckStream, type FactData, type Refusal } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { appendCentreFacts } from '#log/append-centre-facts.ts';
import { factInstant, type RegisterChange } from '#register/add-people.ts';
import { spotCheckProjection } from './spot-check-projection.ts';

type CheckFact = 'spot-check.ordered' | 'spot-check.withdrawn' | 'spot-check.called-back';

/** A fact of the centre about a check before it has a time and an actor. */
export interface CheckDraft<T extends CheckFact> {
  readonly region: string;
  readonly type: T;
  readonly data: FactData<T>;
}

/** Appends it in the caller's transaction and shows it at once. */
export async function appendCheckFact<T extends CheckFact>(
  client: Client,
  { region, type, data }: CheckDraft<T>,
  change: Pick<RegisterChange, 'now' | 'actor' | 'cause'>,
): Promise<Refusal | null> {
  const at = factInstant(change.now.round('millisecond'));
  const appended = await appendCentreFacts(client, [
    {
      at,
      region,
      stream: spotCheckStream(region, data.checkId),
      type,
      world: 'actual',
      actor: change.actor,
      ...(change.cause === undefined ? {} : { cause: change.cause }),
      data,
    },
  ]);
  if ('refused' in appended) return appended;
  const [fact] = appended.facts;
  if (fact === undefined) throw new Error(`The fact ${type} was not appended.`);
  const entry = { position: appended.position, fact, body: '', receivedAt: at };
  await spotCheckProjection.apply(client, [entry]);
  return null;
}
