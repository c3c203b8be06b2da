import {
  isAway,
  refuse,
  type Away,
  type DutyPlace,
  type Refusal,
  type RosterSlot,
  type ShiftChangeAsk,
  type ShiftKey,
} from '@sightline/contracts';
import { applyAsk } from './apply-shift-change.ts';
import { hasBegun, isOver, refuseTwoPosts } from './edit-roster.ts';

export interface AskGround {
  readonly now: Temporal.Instant;
  readonly slots: readonly RosterSlot[];
  readonly people: readonly string[];
  /** Who is away on the days the request speaks of. */
  readonly away: readonly Away[];
}

/** The shifts of a duty. */
export function shiftsOfDuty({ day, span }: DutyPlace): ShiftKey[] {
  return span === 'full' ? [`${day}/day`, `${day}/night`] : [`${day}/${span}`];
}

/** Why a duty cannot pass as asked; null = it can. */
export function refuseAsk(ask: ShiftChangeAsk, ground: AskGround): Refusal | null {
  const { personId, otherId, duty } = ask;
  if (personId === otherId) return refuse('same-person', 'Name somebody else.');
  const stranger = [personId, otherId].find((each) => !ground.people.includes(each));
  // Whoever left the list cannot stand in; that they leave a duty is what a take-over is for.
  if (stranger === otherId || (stranger !== undefined && ask.kind === 'swap')) {
    return refuse('person-not-on-list', `${stranger} is no active person of that village.`);
  }
  const places = [
    { duty, holder: personId },
    ...(ask.kind === 'swap' ? [{ duty: ask.otherDuty, holder: otherId }] : []),
  ];
  for (const place of places) {
    const refusal = refuseTime(ask, place.duty, ground) ?? refuseHolder(ask, place, ground);
    if (refusal !== null) return refusal;
  }
  const takes = [
    { duty, taker: otherId },
    ...(ask.kind === 'swap' ? [{ duty: ask.otherDuty, taker: personId }] : []),
  ];
  for (const { duty: taken, taker } of takes) {
    if (shiftsOfDuty(taken).some((shift) => isAway(ground.away, taker, shift))) {
      return refuse('person-away', `${taker} is away on ${taken.day}: name somebody else.`);
    }
  }
  const after = applyAsk(ask, ground.slots, ground.now);
  const taken = places.flatMap((place) =>
    shiftsOfDuty(place.duty).flatMap((shift) => [`${personId} ${shift}`, `${otherId} ${shift}`]),
  );
  return refuseTwoPosts(after, new Set(taken));
}

function refuseTime({ kind }: ShiftChangeAsk, duty: DutyPlace, { now }: AskGround): Refusal | null {
  const shifts = shiftsOfDuty(duty);
  if (shifts.every((shift) => isOver(shift, now))) {
    return refuse('shift-is-over', `The duty of ${duty.day} is over.`);
  }
  const isRunning = shifts.some((shift) => hasBegun(shift, now));
  if (kind === 'take-over') {
    return isRunning ? null : refuse('not-yet', 'It has not begun: ask for leave or a swap.');
  }
  return isRunning ? refuse('shift-began', 'It has begun: only a take-over is possible.') : null;
}

function refuseHolder(
  { kind }: ShiftChangeAsk,
  { duty, holder }: { readonly duty: DutyPlace; readonly holder: string },
  { slots, now }: AskGround,
): Refusal | null {
  const shifts = shiftsOfDuty(duty).filter((shift) => kind !== 'take-over' || !isOver(shift, now));
  const isTheirs = shifts.every((shift) =>
    slots.some((s) => s.post === duty.post && s.shift === shift && s.personId === holder),
  );
  if (isTheirs) return null;
  return refuse('not-their-duty', `${holder} does not hold the duty of ${duty.day} any more.`);
}
