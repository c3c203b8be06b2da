import {
  isRefusal,
  refuse,
  type Refusal,
  type Region,
  type RosterChange,
  type RosterSlot,
  type RosterWindow,
  type SlotEdit,
} from '@sightline/contracts';
import {
  changeRosters,
  holdRosters,
  lastRosterChange,
  readAway,
  readRoster,
  rosterBefore,
  type Client,
  type LastRosterChange,
  type RegisterChange,
} from '@sightline/store';
import {
  editSlots,
  isOver,
  keepFixed,
  refuseAway,
  windowAround,
} from '#domain/watch/edit-roster.ts';
import { isUndoable } from '#domain/watch/undo-roster.ts';

export interface VillageEdit {
  readonly region: Region;
  /** Of the last change its maker saw. */
  readonly position: number;
}

/** Sets or clears single slots of a village. */
export async function editVillage(
  client: Client,
  { region, position, edits }: VillageEdit & { readonly edits: readonly SlotEdit[] },
  change: RegisterChange,
): Promise<{ readonly position: number } | Refusal> {
  const last = await holdAt(client, { region, position });
  if (isRefusal(last)) return last;
  const window = windowAround(edits);
  if (isRefusal(window)) return window;
  // All posts of those days: nobody may be put on two of them.
  const slots = await slotsOf(client, region, window);
  const after = editSlots(slots, edits, change.now);
  if (isRefusal(after)) return after;
  const barred = refuseAway(slots, edits, await readAway(client, awayIn(region, window)));
  if (barred !== null) return barred;
  const own = after.filter(({ post }) => window.posts.includes(post));
  return write(client, { region, window, slots: own, why: 'edited' }, change);
}

/** Takes the last change back, as far as its shifts are not over. */
export async function undoVillage(
  client: Client,
  { region, position }: VillageEdit,
  change: RegisterChange,
): Promise<{ readonly position: number } | Refusal> {
  const last = await holdAt(client, { region, position });
  if (isRefusal(last)) return last;
  if (last === null || !isUndoable(last.why)) {
    return refuse('nothing-to-undo', 'The last change is none that an undo takes back.');
  }
  const before = await rosterBefore(client, region);
  if (before === null) return refuse('undo-too-far', 'How it stood before lies too far back.');
  const { window } = last;
  const now = (await slotsOf(client, region, window)).filter(({ post }) =>
    window.posts.includes(post),
  );
  const slots = keepFixed(now, before, (shift) => isOver(shift, change.now));
  return write(client, { region, window, slots, why: 'edited' }, change);
}

/** Holds the village's roster; refuses where it moved on since its maker looked. */
async function holdAt(
  client: Client,
  { region, position }: VillageEdit,
): Promise<LastRosterChange | Refusal | null> {
  if ((await holdRosters(client, region)).length === 0) {
    return refuse('no-such-village', `There is no village ${region}.`);
  }
  const last = await lastRosterChange(client, region);
  if ((last?.position ?? 0) === position) return last;
  return refuse('conflict', 'Somebody changed this roster meanwhile. Look at it again and repeat.');
}

function awayIn(region: Region, { from, days }: RosterWindow) {
  const last = Temporal.PlainDate.from(from).add({ days: days - 1 });
  return { regions: [region], from, to: last.toString() };
}

async function slotsOf(
  client: Client,
  region: Region,
  { from, days }: RosterWindow,
): Promise<RosterSlot[]> {
  const to = Temporal.PlainDate.from(from)
    .add({ days: days - 1 })
    .toString();
  const stored = await readRoster(client, { scope: region, from, to });
  return stored.map(({ region: _own, ...slot }) => slot);
}

async function write(
  client: Client,
  roster: {
    readonly region: Region;
    readonly window: RosterWindow;
    readonly slots: readonly RosterSlot[];
    readonly why: RosterChange;
  },
  change: RegisterChange,
): Promise<{ readonly position: number } | Refusal> {
  const { why, ...village } = roster;
  const refusal = await changeRosters(client, [village], { ...change, why });
  if (refusal !== null) return refusal;
  return { position: (await lastRosterChange(client, roster.region))?.position ?? 0 };
}
