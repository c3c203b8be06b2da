import { isRefusal, type Refusal } from '@sightline/contracts';
import {
  appendCentreFacts,
  factInstant,
  type CentreDraft,
  type Client,
  type RegisterChange,
} from '@sightline/store';

/** One impersonal fact of a change of the register, in the transaction of its command. */
export async function noteRegisterFact(
  client: Client,
  { now, actor, cause }: RegisterChange,
  draft: Pick<CentreDraft, 'region' | 'stream' | 'type' | 'data'>,
): Promise<Refusal | null> {
  const appended = await appendCentreFacts(client, [
    {
      ...draft,
      at: factInstant(now),
      world: 'actual',
      actor,
      ...(cause === undefined ? {} : { cause }),
    },
  ]);
  return isRefusal(appended) ? appended : null;
}
