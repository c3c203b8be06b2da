/*
 * 申诉与更正, what pages need of it: no schemas here, so that a page does not carry the schema language.
 */

export const correctionLimits = {
  /** Own words of an appeal. */
  textChars: 200,
  /** Check-ins shown as evidence of one duty. */
  evidenceRows: 40,
  /** Appeals a terminal is told of, its newest, and for how long. */
  appealsPerTerminal: 40,
  appealDays: 90,
  /** Cases of one duty that are shown; more than a handful is a quarrel, not a record. */
  chainRows: 40,
} as const;

/** 申诉理由: 终端故障, 未识别, 被人冒名, 已由他人顶班, 请假, 值班表有误, 其他. The log holds the code. */
export const appealReasons = [
  'terminal-broken',
  'not-recognised',
  'name-used',
  'was-replaced',
  'on-leave',
  'roster-wrong',
  'other',
] as const;
export type AppealReason = (typeof appealReasons)[number];

/** 更正结论. What a finding can be corrected to: 按时, 迟到, 备班到岗, 缺勤, and 无需值班 = nothing was owed. */
export const correctedVerdicts = ['on-time', 'late', 'covered', 'absent', 'not-owed'] as const;
export type CorrectedVerdict = (typeof correctedVerdicts)[number];

/** 拟办意见: a corrected finding, or 维持 = an appeal is answered, and what was found stays. */
export const proposedVerdicts = [...correctedVerdicts, 'stands'] as const;
export type ProposedVerdict = (typeof proposedVerdicts)[number];

/**
 * 已申诉, 待复核, 已核准, 未核准; 并入 = said while another case of the same duty was open, and kept beside it.
 * The last three are ends.
 */
export type CorrectionState = 'appealed' | 'proposed' | 'approved' | 'refused' | 'joined';

/** A case waits for somebody. */
export function isOpenCase(state: CorrectionState): boolean {
  return state === 'appealed' || state === 'proposed';
}
