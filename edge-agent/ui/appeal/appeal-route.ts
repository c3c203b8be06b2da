import type {
  AppealReason,
  OwnAbsence,
  OwnDuties,
  OwnDuty,
  OwnShiftChange,
} from '@sightline/contracts';
import type { OwnPin } from '../link/api.ts';

/** An appeal before it is sent. Its id is made once, so that a second touch sends the same one. */
export interface AppealDraft {
  readonly appealId: string;
  readonly duty: OwnDuty;
  readonly reason: AppealReason | null;
  readonly text: string;
}

/** 外出 before it is sent. */
export interface AwayDraft {
  readonly absenceId: string;
  readonly from: string;
  readonly to: string;
}

/** 值班, 换班, 申诉, 外出. */
export const ownViews = ['duties', 'changes', 'appeals', 'absences'] as const;
export type OwnView = (typeof ownViews)[number];

/** What somebody found after their own PIN. */
export interface Found {
  readonly own: OwnPin;
  readonly found: OwnDuties;
}

/**
 * 我的值班: the own PIN; the duties of the last days and the way to say that one is judged wrongly; the shift
 * changes that ask for one's word; what became of appeals; and the days one is away.
 */
export type OwnDutiesRoute = { readonly page: 'own-duties' } & (
  | { readonly step: 'pin'; readonly personId: string }
  | ({ readonly step: 'list'; readonly view: OwnView } & Found)
  | ({ readonly step: 'change'; readonly change: OwnShiftChange } & Found)
  | { readonly step: 'answered'; readonly change: OwnShiftChange }
  | { readonly step: 'say' | 'write'; readonly own: OwnPin; readonly draft: AppealDraft }
  | ({ readonly step: 'away'; readonly draft: AwayDraft } & Found)
  | { readonly step: 'away-kept'; readonly absence: OwnAbsence }
  | { readonly step: 'done'; readonly own: OwnPin; readonly duty: OwnDuty }
);

export function newAppeal(duty: OwnDuty): AppealDraft {
  return { appealId: crypto.randomUUID(), duty, reason: null, text: '' };
}

/** From the day after today on, until somebody chooses. */
export function newAway(today: string): AwayDraft {
  const next = Temporal.PlainDate.from(today).add({ days: 1 }).toString();
  return { absenceId: crypto.randomUUID(), from: next, to: next };
}

/** A shift change that waits for the word of whoever looks. */
export function isWaitingFor({ state, own, isAsker }: OwnShiftChange): boolean {
  return state === 'asked' && own === null && !isAsker;
}

/** What waits for a word stands first. */
export function firstView({ changes }: OwnDuties): OwnView {
  return changes.some(isWaitingFor) ? 'changes' : 'duties';
}
