import {
  isOpenCase,
  isSettled,
  refuse,
  type AppealReason,
  type CorrectedVerdict,
  type CorrectionDecision,
  type CorrectionState,
  type DutyVerdict,
  type FactData,
  type ProposedVerdict,
  type Refusal,
} from '@sightline/contracts';
import { refuseOwnMatter, type Self } from './own-matter.ts';

/** 申诉与更正. One case, as far as decisions rest on it. */
export interface Correction {
  readonly correctionId: string;
  /** Whose duty it was when the case began. */
  readonly personId: string;
  readonly state: CorrectionState;
  /** Who wrote the appeal down; null = no appeal: an officer began it. */
  readonly appealedBy: string | null;
  readonly proposedBy: string | null;
  readonly proposed: ProposedVerdict | null;
}

export type CorrectionCommand =
  | { readonly kind: 'appeal'; readonly correctionId: string; readonly reason: AppealReason }
  | {
      readonly kind: 'propose';
      readonly correctionId: string;
      readonly verdict: ProposedVerdict;
      readonly reason: AppealReason;
    }
  | {
      readonly kind: 'decide';
      readonly correctionId: string;
      readonly decision: CorrectionDecision;
    };

/** What the ledger says of the duty. */
export interface StandingFinding {
  readonly personId: string;
  readonly verdict: DutyVerdict;
  /** What the newest approved case says; null = none was approved. */
  readonly corrected: CorrectedVerdict | null;
}

/** What is true when somebody decides. */
export interface CorrectionGround {
  readonly actor: string;
  /** Who that is. */
  readonly self: Self;
  readonly duty: Pick<FactData<'correction.asked'>, 'post' | 'day' | 'span'>;
  /** Null = 等待记录: the ledger knows no such duty (yet). */
  readonly finding: StandingFinding | null;
  /** Every case of this duty, in order. */
  readonly cases: readonly Correction[];
}

export type CorrectionFact = {
  [T in 'duty.appealed' | 'correction.asked' | 'correction.decided']: {
    readonly type: T;
    readonly data: FactData<T>;
  };
}['duty.appealed' | 'correction.asked' | 'correction.decided'];

/** What follows from a command, or why it does not. */
export function decideCorrection(
  command: CorrectionCommand,
  ground: CorrectionGround,
): CorrectionFact | Refusal {
  const { correctionId } = command;
  const own = ground.cases.find((each) => each.correctionId === correctionId) ?? null;
  if (command.kind === 'decide') return decide(command.decision, own, ground);
  const { finding } = ground;
  if (finding === null) {
    return refuse('no-record', 'The ledger has no such duty yet. The appeal waits for the record.');
  }
  if (!isSettled(finding.verdict)) {
    return refuse('not-settled', 'This duty is not judged yet. Wait until it is over.');
  }
  const other = ground.cases.find(
    (each) => isOpenCase(each.state) && each.correctionId !== correctionId,
  );
  if (other !== undefined) {
    return refuse('case-open', 'Another case of this duty is open. Answer that one first.');
  }
  const of = { personId: finding.personId, ...ground.duty };
  if (command.kind === 'appeal') {
    if (own !== null) return refuse('appealed-before', 'This appeal stands already.');
    const { reason } = command;
    return { type: 'duty.appealed', data: { appealId: correctionId, ...of, reason } };
  }
  const { verdict, reason } = command;
  const refusal = refuseProposal(own, verdict, finding);
  if (refusal !== null) return refusal;
  const original = finding.verdict;
  return { type: 'correction.asked', data: { correctionId, ...of, original, verdict, reason } };
}

function refuseProposal(
  own: Correction | null,
  verdict: ProposedVerdict,
  finding: StandingFinding,
): Refusal | null {
  if (own !== null && own.state !== 'appealed') {
    return own.state === 'proposed'
      ? refuse('already-proposed', 'A proposal waits for its second person already.')
      : refuse('already-decided', `This case is ${own.state}: it stays so. Begin a new one.`);
  }
  if (verdict === 'stands') {
    return own === null
      ? refuse('nothing-appealed', 'Nobody appealed: nothing is to stand.')
      : null;
  }
  return verdict === (finding.corrected ?? finding.verdict)
    ? refuse('same-verdict', 'The ledger says that already.')
    : null;
}

/** 复核. By an account that neither proposed it nor wrote the appeal down, and is not the person it is about. */
function decide(
  decision: CorrectionDecision,
  own: Correction | null,
  { actor, self, duty }: CorrectionGround,
): CorrectionFact | Refusal {
  if (own === null) return refuse('no-such-case', 'There is no such case.');
  if (own.state === 'appealed') {
    return refuse('not-proposed', 'Nobody has proposed what the ledger should say.');
  }
  if (own.state !== 'proposed') {
    return refuse('already-decided', `This case is ${own.state}: it stays so.`);
  }
  const { personId, appealedBy, proposedBy } = own;
  const matter = { people: [personId], actors: [appealedBy, proposedBy] };
  const barred = refuseDecider(own, actor) ?? refuseOwnMatter(self, matter);
  if (barred !== null) return barred;
  const { correctionId } = own;
  return { type: 'correction.decided', data: { correctionId, ...duty, decision } };
}

/** Why this account may not be the second person; null = it may. The button says the same. */
export function refuseDecider(
  { proposedBy, appealedBy }: Pick<Correction, 'proposedBy' | 'appealedBy'>,
  actor: string,
): Refusal | null {
  if (actor === proposedBy) {
    return refuse('own-proposal', 'Another account than the one that proposed it decides this.');
  }
  if (actor === appealedBy) {
    return refuse('own-appeal', 'Another account than the one that noted the appeal decides this.');
  }
  return null;
}

/** The cases of a duty after a fact; what ended stays as it ended, and an unknown fact changes nothing. */
export function evolveCorrections(
  cases: readonly Correction[],
  fact: CorrectionFact,
  actor: string,
): Correction[] {
  if (fact.type === 'duty.appealed') {
    const { appealId: correctionId } = fact.data;
    if (cases.some((each) => each.correctionId === correctionId)) return [...cases];
    const state = cases.some((each) => isOpenCase(each.state)) ? 'joined' : 'appealed';
    const { personId } = fact.data;
    const begun = { correctionId, personId, state, appealedBy: actor } as const;
    return [...cases, { ...begun, proposedBy: null, proposed: null }];
  }
  if (fact.type === 'correction.decided') {
    return cases.map((each) =>
      each.correctionId === fact.data.correctionId && each.state === 'proposed'
        ? { ...each, state: fact.data.decision }
        : each,
    );
  }
  const { correctionId, personId, verdict } = fact.data;
  const said = { state: 'proposed', proposedBy: actor, proposed: verdict } as const;
  if (!cases.some((each) => each.correctionId === correctionId)) {
    return [...cases, { correctionId, personId, appealedBy: null, ...said }];
  }
  return cases.map((each) =>
    each.correctionId === correctionId && each.state === 'appealed' ? { ...each, ...said } : each,
  );
}

/** What the ledger says beside its finding: the newest approved case that changed it. */
export function correctedBy(cases: readonly Correction[]): CorrectedVerdict | null {
  const last = cases.findLast(
    ({ state, proposed }) => state === 'approved' && proposed !== null && proposed !== 'stands',
  );
  return last?.proposed === 'stands' ? null : (last?.proposed ?? null);
}
