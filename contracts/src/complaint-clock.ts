/** 答复时限 as people read it: 还有 3 天, 已超 2 天. Whole days, both rounded up: an hour late is late. */
export interface AnswerClock {
  readonly kind: 'left' | 'over';
  /** At least 1. */
  readonly days: number;
}

const dayHours = 24;

/** When an answer is due: so many calendar days after it reached the centre, to the millisecond. */
export function answerDueAt(dueFrom: Temporal.Instant, answerDays: number): Temporal.Instant {
  return dueFrom.add({ hours: dayHours * answerDays });
}

/** Where the clock of an answer stands; at the due instant itself it is not over yet. */
export function answerClock(dueAt: Temporal.Instant, now: Temporal.Instant): AnswerClock {
  const hours = now.until(dueAt).total('hours');
  if (hours < 0) return { kind: 'over', days: Math.ceil(-hours / dayHours) };
  return { kind: 'left', days: Math.max(1, Math.ceil(hours / dayHours)) };
}
