import type { AttentionItem, LiveCell, PartHealth } from '@sightline/contracts';
import { chooseShown } from './choose-shown.ts';
import {
  attentionAtMost,
  darkTogetherAtLeast,
  darkTogetherGapMs,
  darkTogetherShare,
} from './live-limits.ts';

/** Batteries and weak links last a little longer: who follows within this time has the same cause. */
const followMs = 10 * 60_000;

/** A source whose facts were refused, forked or broke their chain, and when it was last seen. */
export interface SourceTrouble {
  readonly source: string;
  readonly region: string;
  readonly reason: string;
  readonly count: number;
  readonly since: string;
}

/** Complaints of one township without an answer in time; `since`: the oldest of them became due. */
export interface OverdueComplaints {
  readonly region: string;
  readonly count: number;
  readonly since: string;
}

type ReachCell = Pick<LiveCell, 'region' | 'status' | 'since'>;

export interface AttentionInput {
  readonly cells: readonly ReachCell[];
  readonly troubles: readonly SourceTrouble[];
  readonly overdue: readonly OverdueComplaints[];
  readonly parts: readonly PartHealth[];
  /** The region the parts of this installation belong to. */
  readonly region: string;
}

interface Dark {
  readonly region: string;
  readonly sinceMs: number;
  readonly isOffline: boolean;
}

/** Terminals of one county that fell silent together, and those that soon followed. */
interface Outage {
  readonly region: string;
  readonly equipped: number;
  /** When the last of those that fell together was heard; a follower does not move it. */
  readonly endMs: number;
  readonly dark: Dark[];
}

/**
 * 等待处理, oldest first. Terminals of one county that fell silent together are ONE item: `count` of
 * them, `region` the deepest division that holds them all, `detail` how many are equipped there.
 * What is left of the offline ones stands alone (`detail` empty). `source-trouble`: `detail` is the
 * reason and `count` the refused facts; `part-down`: `detail` is the part's name; `complaint-overdue`:
 * `count` of a township. When they are too many, what touches most villages stays.
 */
export function findAttention(input: AttentionInput): AttentionItem[] {
  const { cells, troubles, overdue, parts, region } = input;
  const byCounty = Map.groupBy(cells, (cell) => cell.region.slice(0, 6));
  const dark = [...byCounty.values()].flatMap(darkInCounty);
  const waiting = [...troubles.map(troubleItem), ...overdue.map(overdueItem)];
  const items = [...dark, ...waiting, ...downParts(parts, region)];
  const oldestFirst = items.toSorted(
    (a, b) => a.since.localeCompare(b.since) || a.id.localeCompare(b.id),
  );
  return [...chooseShown(oldestFirst, attentionAtMost)];
}

/** One item where much of a county went together, else where much of a township did, else each. */
function darkInCounty(cells: readonly ReachCell[]): AttentionItem[] {
  const outages: Outage[] = [];
  const alone: Dark[] = [];
  for (const group of fallTogether(cells.flatMap(darkOf))) {
    const fresh = withoutFollowers(group, outages);
    const whole = outageOf(fresh, cells);
    const parts = whole === null ? [...byTownship(fresh)] : [];
    const found = whole === null ? parts.map((part) => outageOf(part, cells)) : [whole];
    outages.push(...found.filter((outage) => outage !== null));
    alone.push(...parts.filter((_, index) => found[index] === null).flat());
  }
  return [...outages.map(outageItem), ...alone.filter((dark) => dark.isOffline).map(terminalItem)];
}

/** Hands a run that soon followed an outage to it, as far as it lies inside, and returns the others. */
function withoutFollowers(group: readonly Dark[], outages: readonly Outage[]): Dark[] {
  const beganMs = group[0]?.sinceMs ?? 0;
  const recent = outages.filter(({ endMs }) => beganMs - endMs <= followMs);
  const fresh: Dark[] = [];
  for (const dark of group) {
    const outage = recent.find(({ region }) => dark.region.startsWith(region));
    (outage?.dark ?? fresh).push(dark);
  }
  return fresh;
}

function byTownship(group: readonly Dark[]): Iterable<Dark[]> {
  return Map.groupBy(group, ({ region }) => region.slice(0, 9)).values();
}

/** Runs of silences, each within `darkTogetherGapMs` of the one before: beats are spread over time. */
function fallTogether(silences: readonly Dark[]): Dark[][] {
  const groups: Dark[][] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const dark of silences.toSorted((a, b) => a.sinceMs - b.sinceMs)) {
    const current = groups.at(-1);
    if (current !== undefined && dark.sinceMs - lastMs <= darkTogetherGapMs) current.push(dark);
    else groups.push([dark]);
    lastMs = dark.sinceMs;
  }
  return groups;
}

function darkOf({ region, status, since }: ReachCell): Dark[] {
  if (since === null || (status !== 'offline' && status !== 'stale')) return [];
  const sinceMs = Temporal.Instant.from(since).epochMilliseconds;
  return [{ region, sinceMs, isOffline: status === 'offline' }];
}

/** The group as one outage, or null when it is too few to speak of one cause. */
function outageOf(group: readonly Dark[], cells: readonly ReachCell[]): Outage | null {
  const region = commonRegion(group.map((dark) => dark.region));
  const equipped = cells.filter(
    (cell) => cell.status !== 'not-equipped' && cell.region.startsWith(region),
  ).length;
  const isTogether =
    group.length >= darkTogetherAtLeast && group.length >= equipped * darkTogetherShare;
  if (!isTogether) return null;
  const endMs = Math.max(...group.map((dark) => dark.sinceMs));
  return { region, equipped, endMs, dark: [...group] };
}

function outageItem({ region, equipped, dark }: Outage): AttentionItem {
  const since = earliest(dark);
  return {
    id: `region-dark/${region}/${since}`,
    kind: 'region-dark',
    region,
    since,
    count: dark.length,
    detail: String(equipped),
  };
}

function terminalItem(dark: Dark): AttentionItem {
  const since = earliest([dark]);
  const id = `terminal-offline/${dark.region}`;
  return { id, kind: 'terminal-offline', region: dark.region, since, count: 1, detail: '' };
}

function troubleItem({ source, region, reason, count, since }: SourceTrouble): AttentionItem {
  const id = `source-trouble/${source}/${reason}`;
  return { id, kind: 'source-trouble', region, since, count, detail: reason };
}

function overdueItem({ region, count, since }: OverdueComplaints): AttentionItem {
  const id = `complaint-overdue/${region}`;
  return { id, kind: 'complaint-overdue', region, since, count, detail: '' };
}

function downParts(parts: readonly PartHealth[], region: string): AttentionItem[] {
  return parts
    .filter((part) => part.state === 'down')
    .map(({ name, since }) => {
      const id = `part-down/${name}`;
      return { id, kind: 'part-down', region, since, count: 1, detail: name };
    });
}

/** The deepest division that holds all of these villages; within one county at least the county. */
function commonRegion(regions: readonly string[]): string {
  const [first = ''] = regions;
  const holdsAll = (length: number): boolean =>
    regions.every((region) => region.startsWith(first.slice(0, length)));
  return first.slice(0, [12, 9, 6].find(holdsAll) ?? 4);
}

function earliest(group: readonly Dark[]): string {
  const sinceMs = Math.min(...group.map((dark) => dark.sinceMs));
  return Temporal.Instant.fromEpochMilliseconds(sinceMs).toString({ fractionalSecondDigits: 3 });
}
