import type { CorrectionStep, CorrectionView } from '@sightline/contracts';
import { loginsOf, readSelf, type Queryable, type ReadCorrection } from '@sightline/store';
import { isOwnMatter } from '#domain/watch/own-matter.ts';

const accountPrefix = 'account:';

/** Cases as pages show them: who did each step by login, or that no account did. */
export async function viewCorrections(
  db: Queryable,
  cases: readonly ReadCorrection[],
  actor: string,
): Promise<CorrectionView[]> {
  const actors = cases.flatMap(({ appealedBy, proposedBy, decidedBy }) => [
    appealedBy,
    proposedBy,
    decidedBy,
  ]);
  const logins = await loginsOf(db, actors.flatMap(accountIdOf));
  const stepOf = (at: string | null, by: string | null): CorrectionStep | null => {
    if (at === null || by === null) return null;
    const [accountId] = accountIdOf(by);
    const login = accountId === undefined ? null : (logins.get(accountId) ?? null);
    return { at, by: login, isOwn: by === actor };
  };
  const self = await readSelf(db, actor);
  return cases.map((each) => ({
    ...viewOf(each, stepOf),
    isOwnMatter: isOwnMatter(self, {
      people: [each.personId],
      actors: [each.appealedBy, each.proposedBy],
    }),
  }));
}

type StepOf = (at: string | null, by: string | null) => CorrectionStep | null;

function viewOf(each: ReadCorrection, stepOf: StepOf): Omit<CorrectionView, 'isOwnMatter'> {
  const { correctionId, region, startsAt, personId, name, state, found, corrected } = each;
  const { post, day, span } = each;
  return {
    correctionId,
    region,
    startsAt,
    personId,
    name,
    state,
    found,
    corrected,
    duty: { post, day, span },
    appeal: appealOf(each, stepOf(each.appealedAt, each.appealedBy)),
    proposal: proposalOf(each, stepOf(each.proposedAt, each.proposedBy)),
    decision: stepOf(each.decidedAt, each.decidedBy),
  };
}

function appealOf(
  { appealReason: reason, appealReceivedAt: receivedAt, terminalId, text, gone }: ReadCorrection,
  step: CorrectionStep | null,
): CorrectionView['appeal'] {
  if (step === null || reason === null || receivedAt === null) return null;
  return { ...step, reason, receivedAt, terminalId, text, gone };
}

function proposalOf(
  { proposalReason: reason, verdict, original }: ReadCorrection,
  step: CorrectionStep | null,
): CorrectionView['proposal'] {
  if (step === null || reason === null || verdict === null || original === null) return null;
  return { ...step, reason, verdict, original };
}

function accountIdOf(actor: string | null): string[] {
  return actor?.startsWith(accountPrefix) === true ? [actor.slice(accountPrefix.length)] : [];
}
