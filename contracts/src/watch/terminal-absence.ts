import Type, { type Static } from 'typebox';
import { instantPattern, uuidPattern } from '../fact.ts';
import { AbsenceState } from './absence-facts.ts';
import { absenceLimits } from './absence.ts';
import { Day } from './duty.ts';

/** 外出 as the village's terminal is told of it: by ids, each shown to that person alone. */
export const TerminalAbsence = Type.Object({
  absenceId: Type.String({ pattern: uuidPattern }),
  personId: Type.String({ pattern: uuidPattern }),
  from: Day,
  to: Day,
  state: AbsenceState,
  at: Type.String({ pattern: instantPattern }),
});
export type TerminalAbsence = Static<typeof TerminalAbsence>;

export const TerminalAbsences = Type.Array(TerminalAbsence, {
  maxItems: absenceLimits.perTerminal,
});
