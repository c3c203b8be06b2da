import Type, { type Static } from 'typebox';
import { instantPattern } from './fact.ts';

const closed = { additionalProperties: false } as const;

/** 设备自检. What a person at the terminal saw and heard when they tried its parts; nothing is recorded. */
export const SelfTest = Type.Object(
  {
    at: Type.String({ pattern: instantPattern }),
    camera: Type.Union([Type.Literal('seen'), Type.Literal('not-seen'), Type.Literal('absent')]),
    microphone: Type.Union([Type.Literal('heard'), Type.Literal('silent'), Type.Literal('absent')]),
    speaker: Type.Union([Type.Literal('heard'), Type.Literal('not-heard')]),
  },
  closed,
);
export type SelfTest = Static<typeof SelfTest>;

/** 设备状况. What the machine of a terminal says of itself in a heartbeat. */
export const DeviceHealth = Type.Object(
  {
    /** Of the disk its data stand on. */
    diskFreeMb: Type.Integer({ minimum: 0 }),
    diskTotalMb: Type.Integer({ minimum: 0 }),
    memoryFreeMb: Type.Integer({ minimum: 0 }),
    /** The hottest sensor; null where the machine shows none. */
    temperatureC: Type.Union([Type.Number({ minimum: -60, maximum: 200 }), Type.Null()]),
    selfTest: Type.Union([SelfTest, Type.Null()]),
  },
  closed,
);
export type DeviceHealth = Static<typeof DeviceHealth>;
