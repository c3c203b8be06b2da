import Type, { type Static } from 'typebox';

/** Why one fact was refused for ever: it is in quarantine, its seq counts as settled. */
export const RejectReason = Type.Union([
  Type.Literal('malformed'),
  Type.Literal('unknown-type'),
  Type.Literal('too-large'),
  Type.Literal('not-yours'),
  Type.Literal('unstorable'),
]);
export type RejectReason = Static<typeof RejectReason>;

/**
 * Why nothing of the packet was taken. `gap`: send again from committedTo + 1. `broken-chain`,
 * `bad-seal`: evidence is in quarantine; send again, slowly. `fork`: another fact already stands at
 * that seq: this source is finished and the terminal must be enrolled again.
 */
export const PacketTrouble = Type.Union([
  Type.Literal('gap'),
  Type.Literal('broken-chain'),
  Type.Literal('bad-seal'),
  Type.Literal('fork'),
  Type.Literal('malformed'),
]);
export type PacketTrouble = Static<typeof PacketTrouble>;

/** The application ack: everything of the source up to `committedTo` is stored or settled for ever. */
export const PacketAck = Type.Object({
  v: Type.Literal(1),
  committedTo: Type.Integer({ minimum: 0 }),
  rejected: Type.Array(
    Type.Object({
      seq: Type.Integer({ minimum: 1 }),
      reason: RejectReason,
      message: Type.String({ maxLength: 512 }),
    }),
    { maxItems: 64 },
  ),
  trouble: Type.Union([PacketTrouble, Type.Null()]),
  serverAt: Type.String(),
});
export type PacketAck = Static<typeof PacketAck>;
