import type { SlotEdit, VillageRosterView } from '@sightline/contracts';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { get } from '../api/call.ts';
import { useCommand, type Command } from '../api/use-command.ts';

/** Everything read of rosters begins with this key: any change of one reads them again. */
export const rosterKey = ['roster'] as const;

/** One village's month; each reading is audited, so it is read once and after changes. */
export function useVillageRoster(region: string, month: string): UseQueryResult<VillageRosterView> {
  return useQuery({
    queryKey: [...rosterKey, 'village', region, month],
    queryFn: ({ signal }) => get<VillageRosterView>(monthUrl(region, month), signal),
    // While the next month is read, this one stays; another village's names do not.
    placeholderData: (before) => (before?.region === region ? before : undefined),
    staleTime: 60_000,
  });
}

export function monthUrl(region: string, month: string): string {
  return `/api/villages/${region}/roster?month=${month}&purpose=roster-upkeep`;
}

export interface RosterEditing {
  readonly edit: (slots: readonly SlotEdit[]) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly isRunning: boolean;
  readonly problem: Error | null;
}

/** Changes of single slots, each based on what the page shows. */
export function useRosterEditing({
  region,
  position,
}: Pick<VillageRosterView, 'region' | 'position'>): RosterEditing {
  const command = useRosterCommand<{ readonly position: number }>();
  const send = async (what: 'edit' | 'undo', body: object) => {
    const url = `/api/villages/${region}/roster/${what}`;
    await command.run({ method: 'POST', url, body });
  };
  return {
    edit: (slots) => send('edit', { position, slots }),
    undo: () => send('undo', { position }),
    isRunning: command.isRunning,
    problem: command.problem,
  };
}

/** An order after which every roster on the page is read again. */
export function useRosterCommand<Reply>(): Command<Reply> {
  return useCommand<Reply>([rosterKey]);
}
