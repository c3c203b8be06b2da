/*
 * What pages need of spot checks: no schemas here, so that a page does not carry the schema language.
 */

export const spotCheckLimits = {
  noteChars: 100,
  secondsMin: 30,
  secondsMax: 900,
  /** Checks a terminal is told of: its newest. */
  perTerminal: 20,
  /** Villages of the prefecture and some more. */
  villages: 2_000,
} as const;

/** Countdowns a page offers. */
export const spotCheckSeconds = [60, 120, 300, 600] as const;

/** The codes of `SpotCheckReason`, in the order pages show them. */
export const spotCheckReasons = [
  'weather-warning',
  'holiday-guard',
  'incident-nearby',
  'equipment-test',
  'routine',
] as const;

/** Why a village does not ring: 未装机, 今日次数已满. */
export const leftOutReasons = ['not-equipped', 'quota-used'] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

/** All facts of a check, of the centre and of its villages, share this key. */
export function spotCheckStream(region: string, checkId: string): string {
  return `spot-check/${region}/${checkId}`;
}
