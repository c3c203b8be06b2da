import {
  dayOfShift,
  packRoster,
  refuse,
  shiftAt,
  shiftsOf,
  type Refusal,
  type Region,
  type RosterChange,
  type RosterSlot,
  type RosterWindow,
} from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { holdBegunDuties } from '#ledger/hold-begun.ts';
import type { VillageDay } from '#ledger/touched.ts';
import { appendManyCentreFacts, type CentreDraft } from '#log/append-centre-facts.ts';
import { factInstant, type RegisterChange } from '#register/add-people.ts';
import { refreshTerminalRosters } from './refresh-terminal-rosters.ts';

/** What stands from now on for the window's posts and days of one village. */
export interface VillageRoster {
  readonly region: Region;
  readonly window: RosterWindow;
  readonly slots: readonly RosterSlot[];
}

/** The stream a village's rosters stand in. */
export function dutyRosterStream(region: Region): string {
  return `roster/${region}/duty`;
}

/**
 * Replaces, in the caller's transaction, the slots of those villages and windows: rows, `roster.changed`
 * facts and what should be at the terminals. Refuses `person-not-on-list` where somebody in it is no
 * active person of that village; the caller then rolls back.
 */
export async function changeRosters(
  client: Client,
  rosters: readonly VillageRoster[],
  change: RegisterChange & { readonly why: RosterChange },
): Promise<Refusal | null> {
  if (rosters.length === 0) return null;
  const stranger = await findStranger(client, rosters);
  if (stranger !== null) {
    return refuse(
      'person-not-on-list',
      `${stranger} is not an active person of that village. Choose another one.`,
    );
  }
  await holdBegunDuties(client, daysUntil(rosters, change.now), change.now);
  await replaceSlots(client, rosters, change.now);
  const regions = [...new Set(rosters.map(({ region }) => region))];
  await refreshTerminalRosters(client, { regions, now: change.now });
  return appendChanged(client, rosters, change);
}

async function findStranger(
  client: Client,
  rosters: readonly VillageRoster[],
): Promise<string | null> {
  const named = rosters.flatMap(({ region, slots }) =>
    slots.flatMap(({ post, shift, personId, fallbackId }) =>
      [personId, ...(fallbackId === null ? [] : [fallbackId])].map((each) => ({
        region,
        post,
        shift,
        personId: each,
      })),
    ),
  );
  const { rows } = await client.query<{ personId: string }>(
    `select distinct g.person_id as "personId" 
     from unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) as g (region, post, shift, person_id)
     where not exists (select from person p where p.person_id = g.person_id and p.region = g.region
                       and p.slot is not null)
       and not exists (select from roster_slot r where r.region = g.region and r.post = g.post
                       and r.shift = g.shift and g.person_id in (r.person_id, r.fallback_id)) limit 1`,
    [
      named.map(({ region }) => region),
      named.map(({ post }) => post),
      named.map(({ shift }) => shift),
      named.map(({ personId }) => personId),
    ],
  );
  return rows[0]?.personId ?? null;
}

/** The days the rosters speak of, up to today: those of the ledger. */
function daysUntil(rosters: readonly VillageRoster[], now: Temporal.Instant): VillageDay[] {
  const today = dayOfShift(shiftAt(now).key);
  return rosters.flatMap(({ region, window }) =>
    [...new Set(shiftsOf(window).map(dayOfShift))]
      .filter((day) => day <= today)
      .map((day) => ({ region, day })),
  );
}

/** A slot that says what it said before keeps the instant since when it does. */
async function replaceSlots(
  client: Client,
  rosters: readonly VillageRoster[],
  now: Temporal.Instant,
): Promise<void> {
  const spoken = rosters.flatMap(({ region, window }) =>
    window.posts.flatMap((post) => shiftsOf(window).map((shift) => ({ region, post, shift }))),
  );
  const { rows: before } = await client.query<PlacedSlot & { setAt: string }>(
    `delete from roster_slot r using unnest($1::text[], $2::text[], $3::text[]) as g (region, post, shift)
     where r.region = g.region and r.post = g.post and r.shift = g.shift
     returning r.region, r.post, r.shift, r.person_id as "personId", r.set_at as "setAt"`,
    [
      spoken.map(({ region }) => region),
      spoken.map(({ post }) => post),
      spoken.map(({ shift }) => shift),
    ],
  );
  const slots = rosters.flatMap(({ region, window, slots: own }) => {
    const shifts = new Set(shiftsOf(window));
    return own
      .filter(({ post, shift }) => window.posts.includes(post) && shifts.has(shift))
      .map((slot) => ({ ...slot, region }));
  });
  const setBefore = new Map(before.map((slot) => [slotKey(slot), slot.setAt]));
  await client.query(
    `insert into roster_slot (region, post, shift, person_id, fallback_id, set_at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::timestamptz[])`,
    [
      slots.map(({ region }) => region),
      slots.map(({ post }) => post),
      slots.map(({ shift }) => shift),
      slots.map(({ personId }) => personId),
      slots.map(({ fallbackId }) => fallbackId),
      slots.map((slot) => setBefore.get(slotKey(slot)) ?? now.toString()),
    ],
  );
}

type PlacedSlot = Pick<RosterSlot, 'post' | 'shift' | 'personId'> & { readonly region: Region };

function slotKey({ region, post, shift, personId }: PlacedSlot): string {
  return `${region} ${post} ${shift} ${personId}`;
}

async function appendChanged(
  client: Client,
  rosters: readonly VillageRoster[],
  change: RegisterChange & { readonly why: RosterChange },
): Promise<Refusal | null> {
  const drafts = rosters.map(({ region, window, slots }): CentreDraft<'roster.changed'> => ({
    at: factInstant(change.now),
    region,
    stream: dutyRosterStream(region),
    type: 'roster.changed',
    world: 'actual',
    actor: change.actor,
    ...(change.cause === undefined ? {} : { cause: change.cause }),
    data: { change: change.why, roster: packRoster(slots, window) },
  }));
  return appendManyCentreFacts(client, drafts, { expectedPosition: change.expectedPosition });
}
