import { cpSync } from 'node:fs';
import { OutboxFile } from '#outbox/outbox-file.ts';
import type { DeadLetter, OutboxReply, PendingFact } from '#outbox/outbox-messages.ts';
import { address, noteDraft, roomy } from '#testing/draft.ts';

const { source } = address;

export function open(file: string, options = roomy): OutboxFile {
  const outbox = new OutboxFile(file, options);
  outbox.run([{ kind: 'create-source', address }]);
  return outbox;
}

export function append(outbox: OutboxFile, ...texts: string[]): readonly OutboxReply[] {
  const drafts = texts.map((text) => noteDraft(text));
  return outbox.run(drafts.map((draft) => ({ kind: 'append', source, draft }))).replies;
}

export function settle(
  outbox: OutboxFile,
  committedTo: number,
  rejected: readonly number[] = [],
): unknown {
  const reasons = rejected.map((seq) => ({
    seq,
    reason: 'malformed' as const,
    message: `no ${seq}`,
  }));
  const ack = { committedTo, rejected: reasons };
  return valueOf(outbox.run([{ kind: 'settle', source, ack }]).replies[0]);
}

export function pending(outbox: OutboxFile, fromSeq = 1): PendingFact[] {
  const { replies } = outbox.run([{ kind: 'pending', source, fromSeq, limit: 100_000 }]);
  return valueOf(replies[0]) as PendingFact[]; // `pending` answers with facts.
}

export function deadLetters(outbox: OutboxFile): DeadLetter[] {
  const { replies } = outbox.run([
    { kind: 'dead-letters', source, beforeId: Number.MAX_SAFE_INTEGER, limit: 1_000 },
  ]);
  return valueOf(replies[0]) as DeadLetter[]; // `dead-letters` answers with letters.
}

export function valueOf(reply: OutboxReply | undefined): unknown {
  if (reply === undefined || 'fault' in reply) throw new Error(reply?.fault ?? 'no reply');
  return reply.value;
}

export function statsOf(outbox: OutboxFile) {
  return outbox.stats().find((each) => each.source === source)?.stats;
}

/** What a kill -9 leaves: the files as they are, without the process that had them open. */
export function crash(from: string, to: string): void {
  for (const suffix of ['', '-wal']) cpSync(`${from}${suffix}`, `${to}${suffix}`, { force: true });
}
