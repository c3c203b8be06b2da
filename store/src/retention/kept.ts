import type { KeptKind, MeetingHold } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** Something a meeting left behind that is still there. */
export interface KeptThing {
  readonly meetingId: string;
  readonly region: string;
  readonly kind: KeptKind;
  /** null = the meeting is not over. */
  readonly endedAt: string | null;
  readonly isHeld: boolean;
}

/** Whether there is anything of a kind; whether files lie at the media server is known of recordings alone. */
const contentOf: Readonly<Record<KeptKind, string>> = {
  recordings: 'exists (select from recording r where r.meeting_id = m.meeting_id)',
  decks: 'true',
  lines: 'exists (select from meeting_line l where l.meeting_id = m.meeting_id)',
  title: `m.title <> ''`,
};

/** What is left of meetings that are over and not held, of each kind the oldest so many. */
export async function listKept(
  db: Queryable,
  { perKind }: { readonly perKind: number },
): Promise<readonly KeptThing[]> {
  const kinds = Object.entries(contentOf).map(
    ([kind, hasContent]) => `
      (select m.meeting_id as "meetingId", m.region, '${kind}' as kind, m.ended_at as "endedAt",
              false as "isHeld"
       from meeting m
       where m.phase = 'over' and ${hasContent}
         and not exists (select from meeting_erasure e
                         where e.meeting_id = m.meeting_id and e.kind = '${kind}')
         and not exists (select from meeting_hold h
                         where h.meeting_id = m.meeting_id and h.released_at is null)
       order by m.ended_at limit $1)`,
  );
  const { rows } = await db.query<KeptThing>(kinds.join(' union all '), [perKind]);
  return rows;
}

/** One kind of one meeting as it stands; the meeting is locked by the caller. Null = erased, or nothing there. */
export async function readKept(
  db: Queryable,
  { meetingId, kind }: { readonly meetingId: string; readonly kind: KeptKind },
): Promise<KeptThing | null> {
  const { rows } = await db.query<KeptThing>(
    `select m.meeting_id as "meetingId", m.region, $2::text as kind, m.ended_at as "endedAt",
            exists (select from meeting_hold h
                    where h.meeting_id = m.meeting_id and h.released_at is null) as "isHeld"
     from meeting m
     where m.meeting_id = $1 and ${contentOf[kind]}
       and not exists (select from meeting_erasure e
                       where e.meeting_id = m.meeting_id and e.kind = $2)`,
    [meetingId, kind],
  );
  return rows[0] ?? null;
}

/** An erasure as it stands. */
export interface StoredErasure {
  readonly kind: KeptKind;
  readonly why: 'age' | 'hand';
  readonly afterDays: number;
  readonly reason: string | null;
  readonly by: string | null;
  readonly decidedAt: string;
  readonly doneAt: string | null;
  readonly pieces: number | null;
}

export interface StoredKeeping {
  readonly endedAt: string | null;
  readonly present: readonly KeptKind[];
  readonly erased: readonly StoredErasure[];
  readonly hold: MeetingHold | null;
}

/** What is left of a meeting, what was erased, and whether it is held. */
export async function readKeeping(db: Queryable, meetingId: string): Promise<StoredKeeping> {
  const { rows: meetings } = await db.query<Record<KeptKind, boolean> & { endedAt: string | null }>(
    `select m.ended_at as "endedAt", ${contentOf.recordings} as recordings,
            ${contentOf.decks} as decks, ${contentOf.lines} as lines, ${contentOf.title} as title
     from meeting m where m.meeting_id = $1`,
    [meetingId],
  );
  const { rows: erased } = await db.query<StoredErasure>(
    `select e.kind, e.why, e.after_days as "afterDays", e.reason, a.login as by,
            e.decided_at as "decidedAt", e.done_at as "doneAt", e.pieces
     from meeting_erasure e left join account a using (account_id)
     where e.meeting_id = $1 order by e.kind`,
    [meetingId],
  );
  const { rows: holds } = await db.query<MeetingHold>(
    `select h.reason, coalesce(a.login, '') as by, h.placed_at as "placedAt"
     from meeting_hold h left join account a on a.account_id = h.placed_by
     where h.meeting_id = $1 and h.released_at is null`,
    [meetingId],
  );
  const [meeting] = meetings;
  // The keys of `contentOf` are the kinds.
  const kinds = Object.keys(contentOf) as KeptKind[];
  return {
    endedAt: meeting?.endedAt ?? null,
    present: kinds.filter((kind) => meeting?.[kind] === true),
    erased,
    hold: holds[0] ?? null,
  };
}
