import { join } from 'node:path';
import { emptyHead, type Fact } from '@sightline/contracts';
import { openIdentity } from '#identity/identity.ts';
import { OutboxFile } from '#outbox/outbox-file.ts';
import type { PendingFact } from '#outbox/outbox-messages.ts';
import { roomy } from '#testing/draft.ts';
import { verifyChain } from '#testing/verify-chain.ts';

/** The facts that wait in a terminal's folder, whose chain holds from the first. */
export async function pendingFacts(dir: string): Promise<Fact[]> {
  const { key } = await openIdentity(dir);
  const outbox = new OutboxFile(join(dir, 'outbox.sqlite'), roomy);
  const { source } = key;
  const { replies } = outbox.run([{ kind: 'pending', source, fromSeq: 1, limit: 10_000 }]);
  outbox.close();
  const pending = (replies[0] as { value: PendingFact[] }).value; // `pending` answers with facts.
  const bodies = pending.map(({ body }) => body);
  verifyChain(bodies, emptyHead);
  return bodies.map((body) => JSON.parse(body) as Fact); // The outbox checked each when it came.
}
