import type { ShiftChangeAsk, ShiftChangeState } from './shift-change-api.ts';

/*
 * 换班, 请假, 顶班, what pages need of it: no schemas here, so that a page does not carry the schema language.
 */

export const shiftChangeLimits = {
  /** Requests a terminal is told of: its newest. */
  perTerminal: 20,
  /** One that has ended is told so long. */
  endedDays: 7,
} as const;

/** Everything said about one request: terminals and centre write into the same. */
export function shiftChangeStream(region: string, changeId: string): string {
  return `shift-change/${region}/${changeId}`;
}

/**
 * 双方. Who asks, and who is asked: the holder asks for a swap or for leave, whoever stands in asks for a
 * take-over.
 */
export function sidesOf({
  kind,
  personId,
  otherId,
}: Pick<ShiftChangeAsk, 'kind' | 'personId' | 'otherId'>): {
  readonly asker: string;
  readonly asked: string;
} {
  return kind === 'take-over'
    ? { asker: otherId, asked: personId }
    : { asker: personId, asked: otherId };
}

/** It waits for a word or a decision. */
export function isOpenChange(state: ShiftChangeState): boolean {
  return state === 'asked' || state === 'agreed' || state === 'declined';
}
