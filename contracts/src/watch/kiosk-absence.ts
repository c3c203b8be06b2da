import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import type { AbsenceState } from './absence-facts.ts';
import { Day } from './duty.ts';

/** 外出 as the person sees it at the kiosk, after their own PIN. */
export interface OwnAbsence {
  readonly absenceId: string;
  readonly from: string;
  readonly to: string;
  readonly at: string;
  /** `waiting`: said here, and the centre did not answer yet. */
  readonly state: 'waiting' | Exclude<AbsenceState, 'asked'>;
}

/** POST /api/absence at the kiosk → OwnAbsence, after the person's own PIN; the page makes the id. */
export const KioskAbsenceRequest = Type.Object(
  {
    personId: Type.String({ pattern: uuidPattern }),
    pin: Type.String({ pattern: '^[0-9]{6}$' }),
    absenceId: Type.String({ pattern: uuidPattern }),
    from: Day,
    to: Day,
  },
  { additionalProperties: false },
);
export type KioskAbsenceRequest = Static<typeof KioskAbsenceRequest>;
