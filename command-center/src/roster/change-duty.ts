import {
  isRefusal,
  refuse,
  type Refusal,
  type Region,
  type RosterChange,
  type RosterSlot,
  type ShiftChangeAsk,
  type ShiftChangeKind,
  type ShiftChangeState,
} from '@sightline/contracts';
import {
  appendDutyChange,
  changeRosters,
  holdDutyChange,
  holdRosters,
  holdSelf,
  readAway,
  readRoster,
  rosterPeople,
  type Client,
  type RegisterChange,
  type VillageRoster,
} from '@sightline/store';
import { applyShiftChange } from '#domain/watch/apply-shift-change.ts';
import {
  decideShiftChange,
  evolveShiftChange,
  type ShiftChangeCommand,
} from '#domain/watch/decide-shift-change.ts';

const whyOf: Readonly<Record<ShiftChangeKind, RosterChange>> = {
  swap: 'swapped',
  leave: 'leave',
  'take-over': 'taken-over',
};

export interface DutyCommand {
  readonly region: Region;
  readonly changeId: string;
  readonly command: ShiftChangeCommand;
}

/** 换班, 请假, 顶班. Holds the village, decides, writes the fact and, where it passes a duty, the roster. */
export async function changeDuty(
  client: Client,
  { region, changeId, command }: DutyCommand,
  change: RegisterChange,
): Promise<{ readonly changeId: string; readonly state: ShiftChangeState } | Refusal> {
  const self = await holdSelf(client, change.actor);
  if ((await holdRosters(client, region)).length === 0) {
    return refuse('no-such-village', `There is no village ${region}.`);
  }
  const { change: held, seenPosition } = await holdDutyChange(client, changeId);
  const ask = command.kind === 'ask' ? command.ask : held?.ask;
  if (ask === undefined) return refuse('no-such-change', 'There is no such request.');
  const slots = await slotsAround(client, region, ask);
  const people = (await rosterPeople(client, region)).get(region) ?? [];
  const away = await readAway(client, { regions: [region], ...daysOf(ask) });
  const ground = { actor: change.actor, self, now: change.now, slots, people, away };
  const fact = decideShiftChange(held, command, ground);
  if (isRefusal(fact)) return fact;
  const after = applyShiftChange(ask, fact, ground);
  const passed = rostersPassed(region, slots, after);
  const why = whyOf[ask.kind];
  const refusal =
    (await appendDutyChange(client, { region, changeId, ...fact }, { ...change, seenPosition })) ??
    (await changeRosters(client, passed, { ...change, why }));
  if (refusal !== null) return refusal;
  return { changeId, state: evolveShiftChange(held, fact, change.actor).state };
}

function daysOf(ask: ShiftChangeAsk): { readonly from: string; readonly to: string } {
  const days = [ask.duty.day, ...(ask.kind === 'swap' ? [ask.otherDuty.day] : [])].toSorted();
  return { from: days[0] ?? ask.duty.day, to: days.at(-1) ?? ask.duty.day };
}

async function slotsAround(
  client: Client,
  region: Region,
  ask: ShiftChangeAsk,
): Promise<RosterSlot[]> {
  const days = [ask.duty.day, ...(ask.kind === 'swap' ? [ask.otherDuty.day] : [])];
  const found: RosterSlot[] = [];
  for (const day of new Set(days)) {
    const rows = await readRoster(client, { scope: region, from: day, to: day });
    found.push(...rows.map(({ region: _own, ...slot }) => slot));
  }
  return found;
}

/** The posts and days in which somebody else stands now, each whole. */
function rostersPassed(
  region: Region,
  before: readonly RosterSlot[],
  after: readonly RosterSlot[],
): VillageRoster[] {
  const dayOf = ({ post, shift }: RosterSlot) => `${post} ${shift.slice(0, 10)}`;
  const changed = after.filter((slot, index) => slot !== before[index]);
  const places = new Map(changed.map((slot) => [dayOf(slot), slot]));
  return [...places].map(([place, { post, shift }]) => ({
    region,
    window: { from: shift.slice(0, 10), days: 1, posts: [post] },
    slots: after.filter((slot) => dayOf(slot) === place),
  }));
}
