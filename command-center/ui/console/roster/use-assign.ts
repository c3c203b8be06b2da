import type { RosterTroubleView, VillageRosterView } from '@sightline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { change, get } from '../api/call.ts';
import { monthUrl, rosterKey } from './use-roster.ts';

/** Puts somebody where a trouble is: reads how the roster stands, then changes that one cell of it. */
export function useAssign() {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: async ({ trouble, personId }: Assignment) => {
      const { region, post, shift } = trouble;
      const view = await get<VillageRosterView>(monthUrl(region, shift.slice(0, 7)));
      const slot = view.slots.find((each) => each.post === post && each.shift === shift);
      const named = slot?.fallbackId ?? null;
      const fallbackId = named === personId ? null : named;
      await change({
        method: 'POST',
        url: `/api/villages/${region}/roster/edit`,
        body: { position: view.position, slots: [{ post, shift, personId, fallbackId }] },
        key: crypto.randomUUID(),
      });
    },
    onSettled: () => client.invalidateQueries({ queryKey: rosterKey }),
  });
  return {
    run: (trouble: RosterTroubleView, personId: string) => mutation.mutate({ trouble, personId }),
    isRunning: mutation.isPending,
    problem: mutation.error,
  };
}

interface Assignment {
  readonly trouble: RosterTroubleView;
  readonly personId: string;
}
