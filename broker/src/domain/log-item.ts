import type { RejectReason, Seal } from '@sightline/contracts';
import type { Admitted, Rejected } from '#domain/admit.ts';
import type { Sender } from '#domain/check-fact.ts';

/** What one packet adds to the log: facts, refused facts, where the chain stands after it, the proof. */
export interface LogItem {
  readonly sender: Sender;
  readonly entries: readonly Admitted[];
  readonly rejected: readonly Rejected[];
  readonly head: { readonly seq: number; readonly hash: string };
  /** null for the first part of a divided packet: its proof is with the last. */
  readonly seal: Seal | null;
}

/** Size of an item for the limits of one commit. */
export function itemBytes(item: LogItem): number {
  return item.entries.reduce((sum, { body }) => sum + body.length, 0);
}

/** How many of the queued items fit into one commit; at least one. */
export function countFitting(
  items: readonly LogItem[],
  ceiling: { readonly facts: number; readonly bytes: number },
): number {
  let facts = 0;
  let bytes = 0;
  for (const [index, item] of items.entries()) {
    facts += item.entries.length;
    bytes += itemBytes(item);
    if (index > 0 && (facts > ceiling.facts || bytes > ceiling.bytes)) return index;
  }
  return items.length;
}

/** Two items that together say the same; the item must have at least two entries. */
export function divide(item: LogItem): readonly [LogItem, LogItem] {
  const half = Math.floor(item.entries.length / 2);
  const last = item.entries[half - 1];
  if (last === undefined)
    throw new Error(`An item of ${item.entries.length} facts is not divided.`);
  const { seq } = last.fact;
  return [
    {
      sender: item.sender,
      entries: item.entries.slice(0, half),
      rejected: item.rejected.filter((fact) => fact.seq < seq),
      head: { seq, hash: last.hash },
      seal: null,
    },
    {
      ...item,
      entries: item.entries.slice(half),
      rejected: item.rejected.filter((fact) => fact.seq > seq),
    },
  ];
}

/** The item with one of its facts refused for ever instead of stored. */
export function refuseEntry(
  item: LogItem,
  seq: number,
  why: { readonly reason: RejectReason; readonly message: string },
): LogItem {
  const entry = item.entries.find(({ fact }) => fact.seq === seq);
  if (entry === undefined) throw new Error(`The item has no fact ${seq}.`);
  return {
    ...item,
    entries: item.entries.filter((other) => other !== entry),
    rejected: [...item.rejected, { seq, hash: entry.hash, body: entry.body, ...why }],
  };
}
