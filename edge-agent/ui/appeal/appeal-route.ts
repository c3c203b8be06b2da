import type { AppealReason, OwnDuty } from '@sightline/contracts';
import type { OwnPin } from '../link/api.ts';

/** An appeal before it is sent. Its id is made once, so that a second touch sends the same one. */
export interface AppealDraft {
  readonly appealId: string;
  readonly duty: OwnDuty;
  readonly reason: AppealReason | null;
  readonly text: string;
}

/** 我的值班: the own PIN, the duties of the last days, and the way to say that one is judged wrongly. */
export type OwnDutiesRoute = { readonly page: 'own-duties' } & (
  | { readonly step: 'pin'; readonly personId: string }
  | { readonly step: 'list'; readonly own: OwnPin; readonly duties: readonly OwnDuty[] }
  | { readonly step: 'say' | 'write'; readonly own: OwnPin; readonly draft: AppealDraft }
  | { readonly step: 'done'; readonly own: OwnPin; readonly duty: OwnDuty }
);

export function newAppeal(duty: OwnDuty): AppealDraft {
  return { appealId: crypto.randomUUID(), duty, reason: null, text: '' };
}
