import Type, { type Static } from 'typebox';
import { regionPattern } from './region-path.ts';

/** Milliseconds, UTC: 2026-11-23T12:00:00.000Z. */
export const instantPattern = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$';
/** SHA-256, base64url without padding. */
export const hashPattern = '^[A-Za-z0-9_-]{43}$';
export const uuidPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
export const terminalIdPattern = '^[a-z0-9][a-z0-9-]{0,39}$';
export const streamPattern = '^[a-z-]{1,32}/[0-9]{4,12}/[A-Za-z0-9_.:-]{1,64}$';

/** What the device clock knew when the fact was made; `offsetMs` null = never anchored since boot. */
export const ClockReading = Type.Object(
  {
    bootId: Type.String({ pattern: uuidPattern }),
    uptimeMs: Type.Integer({ minimum: 0 }),
    offsetMs: Type.Union([Type.Integer(), Type.Null()]),
  },
  { additionalProperties: false },
);
export type ClockReading = Static<typeof ClockReading>;

/** 演练 must never be taken for the real thing. */
export const World = Type.Union([Type.Literal('actual'), Type.Literal('drill')]);
export type World = Static<typeof World>;

/**
 * 事实. What happened, immutable. Its hash is SHA-256 over the exact UTF-8 bytes of its JSON as sent.
 * `source` is the fingerprint of the terminal's device key, or `centre`; `prev` the hash of that
 * source's fact `seq - 1` (null at seq 1); `stream` is `kind/region/key`; `actor` `kind:id`.
 */
export const Fact = Type.Object(
  {
    v: Type.Literal(1),
    id: Type.String({ pattern: uuidPattern }),
    source: Type.Union([Type.String({ pattern: hashPattern }), Type.Literal('centre')]),
    seq: Type.Integer({ minimum: 1 }),
    prev: Type.Union([Type.String({ pattern: hashPattern }), Type.Null()]),
    at: Type.String({ pattern: instantPattern }),
    clock: ClockReading,
    region: Type.String({ pattern: regionPattern }),
    stream: Type.String({ pattern: streamPattern }),
    type: Type.String({ pattern: '^[a-z-]{1,32}\\.[a-z-]{1,32}$' }),
    world: World,
    actor: Type.String({ pattern: '^(person|terminal|account|system):[A-Za-z0-9_.-]{1,64}$' }),
    cause: Type.Optional(Type.String({ pattern: uuidPattern })),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { additionalProperties: false },
);
export type Fact = Static<typeof Fact>;
