import type { DeliveryState, LadderView, NotificationChannel, Rung } from '@sightline/contracts';
import type { OpenLadder } from './open-ladders.ts';
import { dutyNameOf } from './duty-name.ts';

interface DeliveryRow {
  readonly subject: string;
  readonly rung: Rung;
  readonly channel: NotificationChannel;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly at: string;
  readonly detail: string | null;
}

/** The open ladders as a page shows them, the longest waiting first. */
export function viewLadders(
  open: readonly OpenLadder[],
  deliveries: readonly DeliveryRow[],
  names: ReadonlyMap<string, string>,
): LadderView[] {
  const named = (personId: string | null) =>
    personId === null ? null : { personId, name: names.get(personId) ?? '' };
  const byStep = Map.groupBy(deliveries, ({ subject, rung }) => `${subject} ${rung}`);
  const views = open.map((each): LadderView => {
    const { duty, ladder, steps, acknowledgements } = each;
    return {
      ...dutyNameOf(each.subject),
      from: duty.from.toString(),
      to: duty.to.toString(),
      cause: each.cause,
      holder: named(duty.personId),
      fallback: named(duty.fallbackId),
      state: ladder.state,
      nextAt: ladder.nextAt?.toString() ?? null,
      steps: steps.map(({ rung, at, asked }) => ({
        rung,
        at: at.toString(),
        asked,
        acknowledged: new Set(
          acknowledgements.filter((said) => said.rung === rung).map(({ by }) => by),
        ).size,
        deliveries: (byStep.get(`${each.subject} ${rung}`) ?? []).map(
          ({ channel, state, at: when, attempts, detail }) => ({
            channel,
            state,
            at: when,
            attempts,
            detail,
          }),
        ),
      })),
    };
  });
  return views.toSorted(
    (a, b) => a.from.localeCompare(b.from) || a.subject.localeCompare(b.subject),
  );
}
