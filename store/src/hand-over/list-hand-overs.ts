import { regionRange, type HandOverLine, type Region } from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';

export interface HandOverPage {
  readonly scope: Region;
  readonly onlyOpen: boolean;
  readonly limit: number;
  /** Position of the last row of the page before. */
  readonly from: number | null;
}

export type ListedHandOver = HandOverLine & { readonly position: number };

/** Open ones, the oldest first; or all, the newest first; with names of the
 * village's own people only. The receipt proves the reading was audited. */
export async function listHandOvers(
  db: Queryable,
  _receipt: AuditReceipt,
  { scope, onlyOpen, limit, from }: HandOverPage,
): Promise<ListedHandOver[]> {
  const range = regionRange(scope);
  const order = onlyOpen
    ? "h.state <> 'done' and ($3::bigint is null or h.position > $3) order by h.position"
    : '($3::bigint is null or h.position < $3) order by h.position desc';
  const { rows } = await db.query<ListedHandOver>({
    name: onlyOpen ? 'list-open-hand-overs' : 'list-hand-overs',
    text: `
      select h.position, h.item_id as "itemId", h.region, h.terminal_id as "terminalId", h.shift,
             h.state, h.left_at as "leftAt", l.name as "leftBy", h.sentences,
             t.text, h.voice_seconds as "voiceSeconds",
             case when h.sealed is null or t.text is not null then null
                  when t.item_id is null then 'not-opened'
                  when t.unreadable then 'unreadable' else 'erased' end as gone,
             h.accepted_at as "acceptedAt", a.name as "acceptedBy",
             h.done_at as "doneAt", d.name as "doneBy"
      from hand_over_item h
        left join hand_over_text t using (item_id)
        left join person l on l.person_id = h.left_by and l.region = h.region
        left join person a on a.person_id = h.accepted_by and a.region = h.region
        left join person d on d.person_id = h.done_by and d.region = h.region
      where h.region >= $1 and h.region < $2 and ${order} limit $4`,
    values: [range.from, range.to, from, limit],
  });
  return rows;
}
