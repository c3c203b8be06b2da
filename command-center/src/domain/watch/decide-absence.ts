import {
  faultOfDays,
  refuse,
  type AbsenceDecision,
  type AbsenceState,
  type Away,
  type Day,
  type FactData,
  type Refusal,
} from '@sightline/contracts';
import { refuseOwnMatter, type Self } from './own-matter.ts';

/** 外出. One absence, as far as decisions rest on it. */
export interface PlannedAbsence extends Away {
  readonly state: AbsenceState;
}

export type AbsenceCommand =
  | ({ readonly kind: 'enter'; readonly absenceId: string } & Away)
  | { readonly kind: 'decide'; readonly absenceId: string; readonly decision: AbsenceDecision };

/** What is true when somebody decides. */
export interface AbsenceGround {
  /** Null = nobody asked for it and nobody wrote it down. */
  readonly absence: PlannedAbsence | null;
  readonly self: Self;
  /** The active people of the village. */
  readonly people: readonly string[];
  readonly today: Day;
}

export type AbsenceFact =
  | { readonly type: 'absence.entered'; readonly data: FactData<'absence.entered'> }
  | { readonly type: 'absence.decided'; readonly data: FactData<'absence.decided'> };

const dayWords = {
  'absence-backwards': 'The last day lies before the first one.',
  'absence-too-long': 'An absence has at most 92 days: enter the rest as another one.',
  'absence-past': 'These days are over.',
  'absence-too-far': 'An absence begins at most a year from today.',
} as const;

/** What follows from a command, or why it does not. */
export function decideAbsence(
  command: AbsenceCommand,
  ground: AbsenceGround,
): AbsenceFact | Refusal {
  const { absence, self } = ground;
  if (command.kind === 'enter') return enter(command, ground);
  const { absenceId, decision } = command;
  if (absence === null) return refuse('no-such-absence', 'There is no such absence.');
  const { state, personId, to } = absence;
  const isOpen = state === 'asked' || (decision === 'withdrawn' && state === 'approved');
  if (!isOpen) return refuse('already-decided', `This absence is ${state}: it stays so.`);
  if (to < ground.today && decision !== 'refused') {
    return refuse('absence-past', dayWords['absence-past']);
  }
  const own =
    decision === 'withdrawn' ? null : refuseOwnMatter(self, { people: [personId], actors: [] });
  return own ?? { type: 'absence.decided', data: { absenceId, decision } };
}

function enter(
  { absenceId, personId, from, to }: AbsenceCommand & { readonly kind: 'enter' },
  { absence, self, people, today }: AbsenceGround,
): AbsenceFact | Refusal {
  if (absence !== null) return refuse('asked-before', 'This absence stands already.');
  if (!people.includes(personId)) {
    return refuse('person-not-on-list', `${personId} is no active person of that village.`);
  }
  const fault = faultOfDays({ from, to }, today);
  if (fault !== null) return refuse(fault, dayWords[fault]);
  return (
    refuseOwnMatter(self, { people: [personId], actors: [] }) ?? {
      type: 'absence.entered',
      data: { absenceId, personId, from, to },
    }
  );
}

/** The state after a fact; what was refused or withdrawn stays so. */
export function evolveAbsence(state: AbsenceState | null, fact: AbsenceFact): AbsenceState | null {
  if (fact.type === 'absence.entered') return state ?? 'approved';
  const { decision } = fact.data;
  const moves = state === 'asked' || (state === 'approved' && decision === 'withdrawn');
  return moves ? decision : state;
}
