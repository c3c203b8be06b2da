import {
  refuse,
  shiftAt,
  type FaceEvidence,
  type FactData,
  type Refusal,
  type RosterPerson,
  type Shift,
} from '@sightline/contracts';

/** A check-in this terminal has already recorded. */
export interface KnownCheckIn {
  readonly personId: string;
  readonly shift: string;
  readonly at: string;
}

/** Who was recognised, and how. */
export type Recognised =
  | { readonly method: 'face'; readonly personId: string; readonly face: FaceEvidence }
  | { readonly method: 'pin'; readonly personId: string }
  | { readonly method: 'pin-witness'; readonly personId: string; readonly witnessId: string };

export interface WatchPost {
  readonly terminalId: string;
  readonly region: string;
  readonly people: readonly RosterPerson[];
  readonly isSimulated: boolean;
  readonly now: Temporal.Instant;
}

export type CheckInDecision =
  | {
      readonly decision: 'record';
      readonly shift: Shift;
      readonly stream: string;
      readonly data: FactData<'duty.checked-in'>;
    }
  | { readonly decision: 'already'; readonly shift: Shift; readonly at: string };

/** 值班签到: one check-in a person and shift; nobody who is not on the village's list. */
export function decideCheckIn(
  day: readonly KnownCheckIn[],
  recognised: Recognised,
  post: WatchPost,
): CheckInDecision | Refusal {
  const { personId } = recognised;
  const isListed = (id: string) => post.people.some((person) => person.personId === id);
  if (!isListed(personId)) return notOnTheList();
  if (recognised.method === 'pin-witness') {
    if (recognised.witnessId === personId) return witnessIsSame();
    if (!isListed(recognised.witnessId)) return notOnTheList();
  }
  const shift = shiftAt(post.now);
  const before = day.find((known) => known.personId === personId && known.shift === shift.key);
  if (before !== undefined) return { decision: 'already', shift, at: before.at };
  return {
    decision: 'record',
    shift,
    stream: dutyStream(post.region, shift.key),
    data: {
      ...recognised,
      terminalId: post.terminalId,
      shift: shift.key,
      ...(post.isSimulated ? { simulated: true } : {}),
    },
  };
}

/** All check-ins of a village and shift share a stream. */
export function dutyStream(region: string, shift: string): string {
  return `duty/${region}/${shift.replace('/', '-')}`;
}

export function witnessIsSame(): Refusal {
  return refuse('witness-same', 'Nobody is their own witness. Choose another person.');
}

export function notOnTheList(): Refusal {
  return refuse(
    'person-not-on-list',
    'This person is not on the village’s list, or was retired. Ask the township to add them.',
  );
}
