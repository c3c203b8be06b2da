import {
  dutyPosts,
  packRoster,
  watchZone,
  type PackedRoster,
  type Region,
  type RosterSlot,
} from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import { updateDesired } from '#terminals/desired.ts';

/** 申诉: a person can look back at their duties, and appeal, so many days. */
const daysBack = 7;
/** A terminal knows the last week, today and this many days ahead: it works without a link for a month. */
const daysAhead = 35;

/**
 * Writes the villages' rosters from a week ago on into what should be at their terminals; leaves alone
 * what already says so. Resolves to how many documents changed.
 */
export async function refreshTerminalRosters(
  client: Client,
  { regions, now }: { readonly regions: readonly Region[]; readonly now: Temporal.Instant },
): Promise<number> {
  const from = now.toZonedDateTimeISO(watchZone).toPlainDate().subtract({ days: daysBack });
  const { rows } = await client.query<TerminalRow>(
    // Held before the slots are read: who changes them at the same time comes before us or after.
    `select t.terminal_id as "terminalId", t.region, d.document -> 'roster' as roster
     from terminal t join desired d using (terminal_id)
     where t.region = any ($1) order by t.terminal_id for update of d`,
    [regions],
  );
  const byRegion = await slotsByRegion(client, regions, from);
  let changed = 0;
  for (const { terminalId, region, roster: before } of rows) {
    const slots = byRegion.get(region) ?? [];
    const window = { from: from.toString(), days: daysBack + daysAhead + 1, posts: dutyPosts };
    const roster = slots.length === 0 ? null : packRoster(slots, window);
    if (isSame(before, roster)) continue;
    await updateDesired(client, terminalId, ({ roster: _before, ...desired }) =>
      roster === null ? desired : { ...desired, roster },
    );
    changed += 1;
  }
  return changed;
}

interface TerminalRow {
  readonly terminalId: string;
  readonly region: Region;
  readonly roster: PackedRoster | null;
}

async function slotsByRegion(
  client: Client,
  regions: readonly Region[],
  from: Temporal.PlainDate,
): Promise<Map<Region, RosterSlot[]>> {
  const { rows } = await client.query<RosterSlot & { region: Region }>(
    `select region, post, shift, person_id as "personId", fallback_id as "fallbackId"
     from roster_slot where region = any ($1) and shift >= $2 and shift <= $3
     order by region, post, shift`,
    [regions, from.toString(), `${from.add({ days: daysBack + daysAhead }).toString()}/night`],
  );
  return Map.groupBy(rows, ({ region }) => region);
}

function isSame(before: PackedRoster | null, now: PackedRoster | null): boolean {
  if (before === null || now === null) return before === now;
  // jsonb gives keys in an order of its own.
  const text = ({ from, days, people, posts }: PackedRoster) =>
    JSON.stringify([
      from,
      days,
      people,
      dutyPosts.map((post) => [posts[post]?.holders, posts[post]?.fallbacks]),
    ]);
  return text(before) === text(now);
}
