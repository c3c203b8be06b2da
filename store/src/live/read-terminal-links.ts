import type { Queryable } from '#engine/store.ts';
import { liveLimits } from './live-limits.ts';

/** An enrolled terminal: its recorded status beside what the broker last wrote; ISO instants. */
export interface TerminalLinkRow {
  readonly terminalId: string;
  readonly region: string;
  readonly enrolledAt: string;
  readonly status: 'online' | 'stale' | 'offline' | 'unknown';
  readonly since: string;
  readonly connected: boolean;
  readonly linkSince: string | null;
  readonly beatAt: string | null;
}

/** Every enrolled terminal. Without a scope: only the presence watcher reads this. */
export async function readTerminalLinks(db: Queryable): Promise<TerminalLinkRow[]> {
  const { rows } = await db.query<TerminalLinkRow>({
    name: 'read-terminal-links',
    text: `
      select p.terminal_id as "terminalId", p.region, p.enrolled_at as "enrolledAt", p.status,
        p.since, coalesce(t.connected, false) as connected, t.link_since as "linkSince",
        t.beat_at as "beatAt"
      from presence p left join terminal_state t using (terminal_id)
      order by p.terminal_id limit ${liveLimits.terminals}`,
  });
  return rows;
}
