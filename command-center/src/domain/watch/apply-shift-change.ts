import type {
  FactData,
  DutyPlace,
  RosterSlot,
  ShiftChangeAsk,
  ShiftKey,
} from '@sightline/contracts';
import { hasBegun, isOver } from './edit-roster.ts';

export type ShiftChangeFact = {
  readonly [T in 'shift-change.asked' | 'shift-change.agreed' | 'shift-change.decided']: {
    readonly type: T;
    readonly data: FactData<T>;
  };
}['shift-change.asked' | 'shift-change.agreed' | 'shift-change.decided'];

/**
 * The slots after a fact about a request; the same ones where it changes none. A take-over acts when it
 * is asked for, a swap or leave when it is approved. A take-over that is refused or withdrawn goes back
 * to its holder from the next shift on.
 */
export function applyShiftChange(
  ask: ShiftChangeAsk,
  fact: ShiftChangeFact,
  { slots, now }: { readonly slots: readonly RosterSlot[]; readonly now: Temporal.Instant },
): readonly RosterSlot[] {
  const decision = fact.type === 'shift-change.decided' ? fact.data.decision : null;
  if (ask.kind === 'take-over') {
    if (fact.type === 'shift-change.asked') return applyAsk(ask, slots, now);
    if (decision === null || decision === 'approved') return slots;
    const { duty, personId, otherId } = ask;
    return pass(slots, {
      duty,
      from: otherId,
      to: personId,
      may: (shift) => !hasBegun(shift, now),
    });
  }
  return decision === 'approved' ? applyAsk(ask, slots, now) : slots;
}

/** The slots as they would be if the request were granted. */
export function applyAsk(
  ask: ShiftChangeAsk,
  slots: readonly RosterSlot[],
  now: Temporal.Instant,
): readonly RosterSlot[] {
  const { duty, personId, otherId } = ask;
  const may = (shift: ShiftKey) => !isOver(shift, now);
  const passed = pass(slots, { duty, from: personId, to: otherId, may });
  if (ask.kind !== 'swap') return passed;
  // Of the roster as it was: what one just took is not theirs to give back.
  const back = pass(slots, { duty: ask.otherDuty, from: otherId, to: personId, may });
  return slots.map((slot, index) =>
    passed[index] === slot ? (back[index] ?? slot) : (passed[index] ?? slot),
  );
}

interface Passing {
  readonly duty: DutyPlace;
  readonly from: string;
  readonly to: string;
  readonly may: (shift: ShiftKey) => boolean;
}

function pass(slots: readonly RosterSlot[], { duty, from, to, may }: Passing): RosterSlot[] {
  return slots.map((slot) => {
    const { post, shift, personId, fallbackId } = slot;
    const [day, name] = shift.split('/');
    const isOfDuty =
      post === duty.post && day === duty.day && (duty.span === 'full' || duty.span === name);
    if (!isOfDuty || personId !== from || !may(shift)) return slot;
    return { ...slot, personId: to, fallbackId: fallbackId === to ? null : fallbackId };
  });
}
