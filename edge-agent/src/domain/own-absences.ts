import type { OwnAbsence, TerminalAbsence } from '@sightline/contracts';

/** An absence as this terminal remembers that it was asked for. */
export interface KnownAbsence {
  readonly absenceId: string;
  readonly personId: string;
  readonly from: string;
  readonly to: string;
  readonly at: string;
}

/** 我的外出, newest first: what was said here and is not told of yet, and what the centre tells of. */
export function ownAbsences(
  known: readonly KnownAbsence[],
  told: readonly TerminalAbsence[],
  personId: string,
): OwnAbsence[] {
  const ofCentre = told.filter((absence) => absence.personId === personId);
  const heard = new Set(ofCentre.map(({ absenceId }) => absenceId));
  const ofHere = known.filter(
    (absence) => absence.personId === personId && !heard.has(absence.absenceId),
  );
  return [
    ...ofHere.map(({ personId: _own, ...absence }) => ({ ...absence, state: 'waiting' as const })),
    ...ofCentre.map(({ absenceId, from, to, at, state }) => ({
      absenceId,
      from,
      to,
      at,
      state: state === 'asked' ? ('waiting' as const) : state,
    })),
  ].toSorted((a, b) => b.at.localeCompare(a.at));
}
