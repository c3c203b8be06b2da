import { isWithin, refuse, regionLevel, type Refusal, type Region } from '@sightline/contracts';

/** A day as `YYYY-MM-DD`: days compare as texts. */
export type Day = string;

/** 带日期的区划路径. Where an organisation stands from a day on; `toDay` is the first day it no longer does. */
export interface Placing {
  readonly region: Region;
  readonly fromDay: Day;
  /** Null = still. */
  readonly toDay: Day | null;
}

/** By `fromDay`; no two on one day. */
export type RegionHistory = readonly Placing[];

/** Where it stood on that day; null before it stood anywhere, and after it ended. */
export function regionOn(history: RegionHistory, day: Day): Region | null {
  const placing = history.find(
    ({ fromDay, toDay }) => fromDay <= day && (toDay === null || day < toDay),
  );
  return placing?.region ?? null;
}

/** Whether it lay within a scope on that day. */
export function wasWithin(history: RegionHistory, scope: Region, day: Day): boolean {
  const region = regionOn(history, day);
  return region !== null && isWithin(region, scope);
}

/** The placing that is open, if any. */
export function openPlacing(history: RegionHistory): Placing | null {
  return history.find(({ toDay }) => toDay === null) ?? null;
}

/** The history with a move from that day on; the days before keep their answer. */
export function moved(history: RegionHistory, to: { region: Region; day: Day }): RegionHistory {
  const closed = history.map((placing) =>
    placing.toDay === null ? { ...placing, toDay: to.day } : placing,
  );
  return [...closed, { region: to.region, fromDay: to.day, toDay: null }];
}

/** A division as a change finds it. */
export interface DivisionState {
  readonly region: Region;
  readonly name: string;
  /** From this day on it is history; null = it stands. */
  readonly endedOn: Day | null;
  /** The division that took it in, or its new code. */
  readonly mergedInto: Region | null;
}

/** What a change of regions rests on. */
export interface RegionState {
  readonly divisions: ReadonlyMap<Region, DivisionState>;
  /** Histories of the organisations that stand in or below the regions that change, by id. */
  readonly histories: ReadonlyMap<string, RegionHistory>;
  /** Villages that still have a terminal with a live key, or people on their duty list. */
  readonly occupied: ReadonlySet<Region>;
}

/** What a change of regions does; applied as a whole or not at all. */
export interface RegionChange {
  readonly day: Day;
  /** New divisions, parents first. */
  readonly added: readonly { readonly region: Region; readonly name: string }[];
  readonly ended: readonly { readonly region: Region; readonly into: Region }[];
  readonly moves: readonly { readonly organisationId: string; readonly region: Region }[];
}

/** 合并. Divisions of one level become part of another of that level, from a day on. */
export function decideMerge(
  state: RegionState,
  { from, into, day }: { from: readonly Region[]; into: Region; day: Day },
): RegionChange | Refusal {
  const refusal =
    refuseMerging(from, into) ??
    refuseStanding(state, [...from, into]) ??
    from.map((region) => refuseLeaving(state, region, day)).find((found) => found !== null);
  if (refusal !== null && refusal !== undefined) return refusal;
  const moves = openBelow(state, from).map(({ organisationId }) => ({
    organisationId,
    region: into,
  }));
  return { day, added: [], ended: from.map((region) => ({ region, into })), moves };
}

/**
 * 划转. A division gets another code under another parent, with all below it: a village 12 digits, a
 * township 9 and its villages with it.
 */
export function decideMove(
  state: RegionState,
  { from, to, day }: { from: Region; to: Region; day: Day },
): RegionChange | Refusal {
  const parent = to.slice(0, to.length - 3);
  const refusal =
    refuseMoving(state, from, to) ??
    refuseStanding(state, [from, parent]) ??
    refuseLeaving(state, from, day);
  if (refusal !== null) return refusal;
  const below = [...state.divisions.values()]
    .filter(({ region, endedOn }) => isWithin(region, from) && endedOn === null)
    .toSorted((a, b) => a.region.length - b.region.length || (a.region < b.region ? -1 : 1));
  const renamed = (region: Region): Region => to + region.slice(from.length);
  return {
    day,
    added: below.map(({ region, name }) => ({ region: renamed(region), name })),
    ended: below.map(({ region }) => ({ region, into: renamed(region) })),
    moves: openBelow(state, [from]).map(({ organisationId, region }) => ({
      organisationId,
      region: renamed(region),
    })),
  };
}

/** The state after a change, as the days after it see it. */
export function evolveRegions(state: RegionState, change: RegionChange): RegionState {
  const divisions = new Map(state.divisions);
  for (const { region, name } of change.added)
    divisions.set(region, { region, name, endedOn: null, mergedInto: null });
  for (const { region, into } of change.ended) {
    const division = divisions.get(region);
    if (division !== undefined)
      divisions.set(region, { ...division, endedOn: change.day, mergedInto: into });
  }
  const histories = new Map(state.histories);
  for (const { organisationId, region } of change.moves) {
    const history = histories.get(organisationId) ?? [];
    histories.set(organisationId, moved(history, { region, day: change.day }));
  }
  return { ...state, divisions, histories };
}

function openBelow(state: RegionState, regions: readonly Region[]) {
  return [...state.histories].flatMap(([organisationId, history]) => {
    const open = openPlacing(history);
    if (open === null || !regions.some((region) => isWithin(open.region, region))) return [];
    return [{ organisationId, region: open.region, fromDay: open.fromDay }];
  });
}

function refuseStanding(state: RegionState, regions: readonly Region[]): Refusal | null {
  const missing = regions.find((region) => state.divisions.get(region)?.endedOn !== null);
  if (missing === undefined) return null;
  return refuse('no-such-region', `${missing} is no division of the register, or has ended.`);
}

function refuseMerging(from: readonly Region[], into: Region): Refusal | null {
  if (from.length === 0 || new Set(from).size < from.length || from.includes(into)) {
    return refuse('merge-itself', 'Name each division once, and another one that takes them in.');
  }
  if (from.some((region) => region.length !== 12) || regionLevel(into) !== 'village') {
    return refuse('merge-level', 'Villages are merged into a village. Move a township instead.');
  }
  return null;
}

function refuseMoving(state: RegionState, from: Region, to: Region): Refusal | null {
  if (from.length !== to.length || from.length < 9) {
    return refuse('move-level', 'A township moves to a township’s code, a village to a village’s.');
  }
  if (isWithin(to, from) || state.divisions.has(to)) {
    return refuse(
      'code-taken',
      `The code ${to} is, or was, another division’s: codes are not used twice.`,
    );
  }
  return null;
}

/** The day of the last thing that came into a region or went out of it; null = none that is known. */
function lastChange(state: RegionState, region: Region): Day | null {
  const ends = [...state.divisions.values()].flatMap((division) => {
    const isAbout =
      isWithin(division.region, region) || isWithin(division.mergedInto ?? '', region);
    return division.endedOn !== null && isAbout ? [division.endedOn] : [];
  });
  const days = [...openBelow(state, [region]).map(({ fromDay }) => fromDay), ...ends];
  return days.toSorted().at(-1) ?? null;
}

/** Nothing that happened after the day may stand there, and nobody may still be at work there. */
function refuseLeaving(state: RegionState, region: Region, day: Day): Refusal | null {
  const late = lastChange(state, region);
  if (late !== null && late >= day) {
    return refuse('later-change', `${region} changed on ${late} already: choose a later day.`);
  }
  const busy = [...state.occupied].find((village) => isWithin(village, region));
  if (busy === undefined) return null;
  return refuse(
    'region-in-use',
    `${busy} still has a terminal or people on its duty list: revoke and retire them there first, and enrol them in the new place.`,
  );
}
