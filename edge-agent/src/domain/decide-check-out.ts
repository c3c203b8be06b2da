import { refuse, type Duty, type FactData, type Refusal } from '@sightline/contracts';
import {
  dutyStream,
  notOnTheList,
  witnessIsSame,
  type Recognised,
  type WatchPost,
} from '#domain/decide-check-in.ts';
import { standingOf, type DutyMarks } from '#domain/duty-marks.ts';

export type CheckOutDecision =
  | {
      readonly decision: 'record';
      /** Of the check-in it ends. */
      readonly shift: string;
      readonly stream: string;
      readonly data: FactData<'duty.checked-out'>;
    }
  | { readonly decision: 'already'; readonly shift: string; readonly at: string };

/** 签退: ends the newest check-in of a person that still counts, once. */
export function decideCheckOut(
  marks: DutyMarks,
  recognised: Recognised,
  post: WatchPost & { readonly duties: readonly Duty[] },
): CheckOutDecision | Refusal {
  const { personId } = recognised;
  const isListed = (id: string) => post.people.some((person) => person.personId === id);
  if (!isListed(personId)) return notOnTheList();
  if (recognised.method === 'pin-witness') {
    if (recognised.witnessId === personId) return witnessIsSame();
    if (!isListed(recognised.witnessId)) return notOnTheList();
  }
  const standing = standingOf(personId, marks, post);
  if (standing === null) return notCheckedIn();
  const { shift } = standing.checkIn;
  if (standing.leftAt !== null) return { decision: 'already', shift, at: standing.leftAt };
  return {
    decision: 'record',
    shift,
    stream: dutyStream(post.region, shift),
    data: {
      ...recognised,
      terminalId: post.terminalId,
      shift,
      ...(post.isSimulated ? { simulated: true } : {}),
    },
  };
}

export function notCheckedIn(): Refusal {
  return refuse(
    'not-checked-in',
    'This person has not checked in here for this shift. Check in first.',
  );
}
