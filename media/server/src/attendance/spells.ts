/** While packets flow. Milliseconds since 1970. */
export interface OpenSpell {
  readonly spellId: string;
  readonly fromMs: number;
  /** The end of the last second with packets. */
  readonly untilMs: number;
  readonly packets: number;
  /** The last that came was a sign of its media's way alone. */
  readonly isQuiet: boolean;
}

export interface Second {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Of its voice and pictures. */
  readonly packets: number;
  /** Whether its page's media answered: who is muted and shows no picture listens, and is there. */
  readonly hasSign: boolean;
}

/** A spell after one more second; null = none has begun. */
export function afterSecond(
  spell: OpenSpell | null,
  second: Second,
  newId: () => string,
): OpenSpell | null {
  if (!isHeard(second)) return spell;
  const { fromMs, untilMs, packets } = second;
  const isQuiet = packets === 0;
  if (spell === null) return { spellId: newId(), fromMs, untilMs, packets, isQuiet };
  return { ...spell, untilMs, packets: spell.packets + packets, isQuiet };
}

export function isHeard({ packets, hasSign }: Second): boolean {
  return packets > 0 || hasSign;
}

/** How long nothing may come before a spell has ended; milliseconds. */
export interface Gaps {
  readonly gapMs: number;
  /** Signs alone are farther apart. */
  readonly quietGapMs: number;
}

/** Whether a spell has ended by now. */
export function isOverBy(spell: OpenSpell, nowMs: number, gaps: Gaps): boolean {
  return nowMs - spell.untilMs >= (spell.isQuiet ? gaps.quietGapMs : gaps.gapMs);
}
