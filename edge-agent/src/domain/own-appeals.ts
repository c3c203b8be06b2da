import type {
  CorrectedDuty,
  AppealReason,
  OwnAppeal,
  OwnAppealState,
  TerminalAppeal,
} from '@sightline/contracts';

/** An appeal as this terminal remembers it: its reason, never its words. */
export interface KnownAppeal {
  readonly appealId: string;
  readonly personId: string;
  readonly duty: CorrectedDuty;
  readonly reason: AppealReason;
  readonly at: string;
}

/** 我的申诉, newest first: what was said here and is not told of yet, and what the centre tells of. */
export function ownAppeals(
  known: readonly KnownAppeal[],
  told: readonly TerminalAppeal[],
  personId: string,
): OwnAppeal[] {
  const ofCentre = told.filter((appeal) => appeal.personId === personId);
  const heard = new Set(ofCentre.map(({ appealId }) => appealId));
  const ofHere = known.filter(
    (appeal) => appeal.personId === personId && !heard.has(appeal.appealId),
  );
  return [
    ...ofHere.map(({ appealId, duty, reason, at }) => ({
      appealId,
      duty,
      reason,
      at,
      state: 'waiting' as const,
      outcome: null,
    })),
    ...ofCentre.map(({ appealId, duty, reason, at, state, outcome = null }) => ({
      appealId,
      duty,
      reason,
      at,
      state: stateOf(state, outcome),
      outcome,
    })),
  ].toSorted((a, b) => b.at.localeCompare(a.at));
}

/** Approved with the finding standing, or the proposal refused: the ledger says what it said. */
function stateOf(state: TerminalAppeal['state'], outcome: OwnAppeal['outcome']): OwnAppealState {
  if (state === 'joined') return 'joined';
  if (state === 'appealed' || state === 'proposed' || outcome === null) return 'waiting';
  return state === 'approved' && outcome.verdict !== 'stands' ? 'upheld' : 'turned-down';
}
