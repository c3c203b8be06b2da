import type { HalfFault } from '#domain/watch/roster-month.ts';

/** The sign that goes with the colour of what is wrong. */
export const faultMarks: Readonly<Record<HalfFault, string>> = {
  gap: '▲',
  'two-posts': '◐',
  'too-long': '◐',
  left: '✕',
  away: '⊘',
};
