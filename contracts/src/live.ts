import Type, { type Static } from 'typebox';
import { PartHealth } from './health.ts';

/** 在线状态. Never green by default. */
export const VillageStatus = Type.Union([
  Type.Literal('not-equipped'),
  Type.Literal('online'),
  Type.Literal('stale'),
  Type.Literal('offline'),
  Type.Literal('unknown'),
]);
export type VillageStatus = Static<typeof VillageStatus>;

/** One village as the screen sees it. No personal data ever crosses the live channel. */
export const LiveCell = Type.Object({
  region: Type.String(),
  status: VillageStatus,
  /** When the status began; null where there never was one. */
  since: Type.Union([Type.String(), Type.Null()]),
  /** Shift of the newest check-in and when it was made; null = none yet. */
  checkedIn: Type.Union([
    Type.Object({ shift: Type.String(), at: Type.String(), method: Type.String() }),
    Type.Null(),
  ]),
  simulated: Type.Boolean(),
});
export type LiveCell = Static<typeof LiveCell>;

export const FeedLine = Type.Object({
  position: Type.Integer(),
  at: Type.String(),
  region: Type.String(),
  type: Type.String(),
  /** Small, typed, impersonal: status, method, count. */
  detail: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});
export type FeedLine = Static<typeof FeedLine>;

/** 等待处理: what needs an answer, oldest first. `kind` picks the sentence. */
export const AttentionItem = Type.Object({
  id: Type.String(),
  kind: Type.Union([
    Type.Literal('region-dark'),
    Type.Literal('terminal-offline'),
    Type.Literal('source-trouble'),
    Type.Literal('part-down'),
    Type.Literal('complaint-overdue'),
  ]),
  region: Type.String(),
  since: Type.String(),
  count: Type.Integer(),
  detail: Type.String(),
});
export type AttentionItem = Static<typeof AttentionItem>;

/** GET /api/live/snapshot?region=: the whole picture at log position `asOf`. */
export const LiveSnapshot = Type.Object({
  asOf: Type.Integer(),
  at: Type.String(),
  region: Type.String(),
  demo: Type.Boolean(),
  cells: Type.Array(LiveCell),
  feed: Type.Array(FeedLine),
  attention: Type.Array(AttentionItem),
  /** Facts in each 5 minutes of the last 24 h, oldest first: 288 numbers. */
  strip: Type.Array(Type.Integer()),
  health: Type.Array(PartHealth),
});
export type LiveSnapshot = Static<typeof LiveSnapshot>;

/** Socket.IO event `frame` to a region's room. `from` ≠ the position held → fetch a snapshot again. */
export const LiveFrame = Type.Object({
  from: Type.Integer(),
  to: Type.Integer(),
  at: Type.String(),
  cells: Type.Array(LiveCell),
  feed: Type.Array(FeedLine),
});
export type LiveFrame = Static<typeof LiveFrame>;

/** Socket.IO event `pulse`, ≥ every 5 s and on change: what is true beside the log. */
export const LivePulse = Type.Object({
  at: Type.String(),
  health: Type.Array(PartHealth),
  attention: Type.Array(AttentionItem),
});
export type LivePulse = Static<typeof LivePulse>;
