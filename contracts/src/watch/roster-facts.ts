import Type, { type Static } from 'typebox';
import { PackedRoster } from './pack-roster.ts';

/** Why a roster became another: 生成, 改动, 导入, 换班, 请假, 顶班, 区划变更. */
export const RosterChange = Type.Union([
  Type.Literal('generated'),
  Type.Literal('edited'),
  Type.Literal('imported'),
  Type.Literal('swapped'),
  Type.Literal('leave'),
  Type.Literal('taken-over'),
  Type.Literal('region-changed'),
]);
export type RosterChange = Static<typeof RosterChange>;

export const rosterFactData = {
  /** 值班表: what now stands for those posts and days of the fact's village, whole. */
  'roster.changed': Type.Object(
    { change: RosterChange, roster: PackedRoster },
    { additionalProperties: false },
  ),
} as const;
