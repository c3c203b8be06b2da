import type { FactData, FactType, Refusal } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { factInstant, type RegisterChange } from '#register/add-people.ts';
import { appendCentreFacts } from './append-centre-facts.ts';
import type { Projection } from './projector.ts';

/** A fact of the centre before it has a time and an actor. */
export interface ShownDraft<T extends FactType> {
  /** UUIDv7 when not given. */
  readonly id?: string | undefined;
  readonly region: string;
  readonly stream: string;
  readonly type: T;
  readonly data: FactData<T>;
}

/**
 * Appends one fact of the centre's own command in the caller's transaction and projects it at once, so
 * that who gave the command sees it. Refuses `conflict` where the change expects a position.
 */
export async function appendShownFact<T extends FactType>(
  client: Client,
  { id, ...draft }: ShownDraft<T>,
  { projection, change }: { readonly projection: Projection; readonly change: RegisterChange },
): Promise<Refusal | null> {
  const at = factInstant(change.now.round('millisecond'));
  const appended = await appendCentreFacts(
    client,
    [
      {
        ...(id === undefined ? {} : { id }),
        at,
        ...draft,
        world: 'actual',
        actor: change.actor,
        ...(change.cause === undefined ? {} : { cause: change.cause }),
      },
    ],
    { expectedPosition: change.expectedPosition },
  );
  if ('refused' in appended) return appended;
  const [fact] = appended.facts;
  if (fact === undefined) throw new Error(`The fact ${draft.type} was not appended.`);
  await projection.apply(client, [{ position: appended.position, fact, body: '', receivedAt: at }]);
  return null;
}
