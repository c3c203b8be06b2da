import type { FeedLine } from '@sightline/contracts';

/** A line as shown: `count` facts that say the same of one place within one burst. */
export interface FoldedLine {
  readonly position: number;
  readonly at: string;
  readonly region: string;
  readonly type: string;
  readonly detail: FeedLine['detail'];
  readonly count: number;
}

/** Facts of a burst lie within this much of each other. */
const burstMs = 120_000;
/** Two or three are news of their own; from here on it is one thing that happened to a county. */
const foldedFrom = 4;

/**
 * 刚刚. Folds bursts of presence changes of one county into one line with a count, so that a cut of
 * 179 terminals does not push everything else off the page. Newest first, at most `shown` lines.
 */
export function foldFeed(lines: readonly FeedLine[], shown: number): readonly FoldedLine[] {
  const groups: FeedLine[][] = [];
  const open = new Map<string, FeedLine[]>();
  for (const line of lines) {
    const key = burstKey(line);
    const group = key === null ? undefined : open.get(key);
    if (group !== undefined && isSameBurst(group.at(-1), line)) {
      group.push(line);
      continue;
    }
    const fresh = [line];
    groups.push(fresh);
    if (key !== null) open.set(key, fresh);
  }
  return groups
    .flatMap((group) => (group.length >= foldedFrom ? [folded(group)] : group.map(single)))
    .toSorted((a, b) => b.position - a.position)
    .slice(0, shown);
}

function burstKey({ type, region, detail }: FeedLine): string | null {
  if (type !== 'terminal.presence-changed' && type !== 'terminal.enrolled') return null;
  return `${type}/${detail['status'] ?? ''}/${region.slice(0, 6)}`;
}

function isSameBurst(before: FeedLine | undefined, line: FeedLine): boolean {
  if (before === undefined) return false;
  const [a, b] = [Temporal.Instant.from(before.at), Temporal.Instant.from(line.at)];
  return Math.abs(a.epochMilliseconds - b.epochMilliseconds) <= burstMs;
}

function single(line: FeedLine): FoldedLine {
  return { ...line, count: 1 };
}

function folded(group: readonly FeedLine[]): FoldedLine {
  const [newest] = group;
  if (newest === undefined) throw new Error('A burst has at least one line.');
  return { ...newest, region: newest.region.slice(0, 6), count: group.length };
}
