import type { PacketAck } from '@sightline/contracts';

/** Where the outbox stands when the ack comes. */
export interface ChainPosition {
  readonly seq: number;
  readonly settledTo: number;
}

export type Judgement =
  /** Free the facts and go on. */
  | { readonly verdict: 'settle' }
  /** Free what is committed and send the rest again at once. */
  | { readonly verdict: 'send-again' }
  /** Send again, slowly, and show why. */
  | { readonly verdict: 'send-slowly'; readonly detail: string }
  /** This source makes no more facts. */
  | { readonly verdict: 'finish'; readonly reason: 'fork' | 'outbox-behind' };

/** What an application ack means for this outbox. */
export function judgeAck(ack: PacketAck, { seq, settledTo }: ChainPosition): Judgement {
  if (ack.trouble === 'fork') return { verdict: 'finish', reason: 'fork' };
  // The centre holds facts of this key that this file never wrote: its tail was lost.
  if (ack.committedTo > seq) return { verdict: 'finish', reason: 'outbox-behind' };
  if (ack.trouble === null) return { verdict: 'settle' };
  if (ack.trouble !== 'gap') return { verdict: 'send-slowly', detail: slowDetails[ack.trouble] };
  if (ack.committedTo >= settledTo) return { verdict: 'send-again' };
  return {
    verdict: 'send-slowly',
    detail: `The centre has lost facts ${ack.committedTo + 1} to ${settledTo}, which it had acknowledged: restore its database, or enrol this terminal again.`,
  };
}

const slowDetails = {
  'broken-chain':
    'The centre finds the chain of this terminal broken: ask the centre to look at its quarantine.',
  'bad-seal':
    'The centre does not accept the seal of this terminal: ask the centre to look at its quarantine.',
  malformed: 'The centre cannot read this terminal’s packets: bring its program up to date.',
} as const;
