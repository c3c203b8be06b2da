import { isRefusal, refuse, type CorrectionState, type Refusal } from '@sightline/contracts';
import {
  appendCorrection,
  holdCorrections,
  holdSelf,
  keepAppealText,
  type Client,
  type PlacedDuty,
  type RegisterChange,
} from '@sightline/store';
import {
  decideCorrection,
  evolveCorrections,
  type CorrectionCommand,
} from '#domain/watch/decide-correction.ts';

export interface CorrectDuty extends PlacedDuty {
  readonly command: CorrectionCommand;
  /** Own words of an appeal noted at the console; empty = none. */
  readonly text?: string;
}

/** 申诉与更正 at the centre: holds the duty's cases, decides, writes the fact. The ledger's row is not touched. */
export async function changeCorrection(
  client: Client,
  { region, duty, command, text = '' }: CorrectDuty,
  change: RegisterChange,
): Promise<{ readonly correctionId: string; readonly state: CorrectionState } | Refusal> {
  const self = await holdSelf(client, change.actor);
  const { seenPosition, ...held } = await holdCorrections(client, { region, duty });
  const fact = decideCorrection(command, { actor: change.actor, self, duty, ...held });
  if (isRefusal(fact)) return fact;
  const { correctionId } = command;
  if (text !== '' && !(await keepAppealText(client, { correctionId, text }))) {
    return refuse('id-taken', `The id ${correctionId} was used for something else. Begin again.`);
  }
  const refusal = await appendCorrection(
    client,
    { region, duty, ...fact },
    { ...change, seenPosition },
  );
  if (refusal !== null) return refusal;
  const after = evolveCorrections(held.cases, fact, change.actor);
  const state = after.find((each) => each.correctionId === correctionId)?.state;
  if (state === undefined) throw new Error(`The case ${correctionId} is not there after its fact.`);
  return { correctionId, state };
}
