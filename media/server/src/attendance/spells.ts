/** While packets flow. Milliseconds since 1970. */
export interface OpenSpell {
  readonly spellId: string;
  readonly fromMs: number;
  /** The end of the last second with packets. */
  readonly untilMs: number;
  readonly packets: number;
}

export interface Second {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly packets: number;
}

/** A spell after one more second; null = none has begun. */
export function afterSecond(
  spell: OpenSpell | null,
  second: Second,
  newId: () => string,
): OpenSpell | null {
  if (second.packets === 0) return spell;
  const { untilMs } = second;
  if (spell === null) return { spellId: newId(), ...second };
  return { ...spell, untilMs, packets: spell.packets + second.packets };
}

/** Whether a spell has ended by now. */
export function isOverBy(spell: OpenSpell, nowMs: number, gapMs: number): boolean {
  return nowMs - spell.untilMs >= gapMs;
}
