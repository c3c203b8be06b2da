import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import { AbsenceDecisionWord, type AbsenceState } from './absence-facts.ts';
import { Day } from './duty.ts';
import type { NamedPerson } from './roster-api.ts';

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });

/** POST /api/absences → {absenceId, state}: an officer writes down that somebody else is away; the page makes the id. */
export const EnterAbsenceRequest = Type.Object(
  {
    region: Type.String({ pattern: '^[0-9]{12}$' }),
    absenceId: Uuid,
    personId: Uuid,
    from: Day,
    /** Inclusive. */
    to: Day,
  },
  closed,
);
export type EnterAbsenceRequest = Static<typeof EnterAbsenceRequest>;

/**
 * POST /api/absences/:absenceId/decide → {absenceId, state}. `approved` or `refused` what was asked at the kiosk;
 * `withdrawn` what waits or counts.
 */
export const DecideAbsenceRequest = Type.Object({ decision: AbsenceDecisionWord }, closed);

/** GET /api/absences?region=&show=open|all&before=&purpose= (audited): newest first; `open` = not over, and not ended. */
export interface AbsenceView {
  readonly absenceId: string;
  readonly region: string;
  readonly person: NamedPerson;
  readonly from: string;
  /** Inclusive. */
  readonly to: string;
  readonly state: AbsenceState;
  readonly saidAt: string;
  /** Login; null = the person, at a terminal. */
  readonly saidBy: string | null;
  readonly terminalId: string | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: string | null;
  /** Shifts of these days they still hold. */
  readonly shiftsHeld: number;
  /** It is about whoever looks: they may not decide it. */
  readonly isOwnMatter: boolean;
}
