import type { AttentionItem } from '@sightline/contracts';

const weightOfKind: Readonly<Record<AttentionItem['kind'], number>> = {
  'part-down': 4,
  'region-dark': 3,
  'source-trouble': 2,
  'complaint-overdue': 1,
  'terminal-offline': 0,
};

/**
 * The items a page with room for `room` shows, oldest first. When not all fit, what touches most
 * villages stays: an outage of a county never hides behind older single terminals.
 */
export function chooseShown(
  items: readonly AttentionItem[],
  room: number,
): readonly AttentionItem[] {
  if (items.length <= room) return items;
  const kept = new Set(items.toSorted(byWeight).slice(0, room));
  return items.filter((item) => kept.has(item));
}

function byWeight(a: AttentionItem, b: AttentionItem): number {
  return (
    weightOfKind[b.kind] - weightOfKind[a.kind] ||
    b.count - a.count ||
    a.since.localeCompare(b.since)
  );
}
