import Type, { type Static } from 'typebox';
import { instantPattern, terminalIdPattern, uuidPattern } from './fact.ts';
import { ShiftKey } from './shift.ts';

const closed = { additionalProperties: false } as const;
const PersonId = Type.String({ pattern: uuidPattern });
const TerminalId = Type.String({ pattern: terminalIdPattern });

/** How sure a face match was: numbers only, never a template, never an image. */
export const FaceEvidence = Type.Object(
  {
    model: Type.String({ maxLength: 64 }),
    similarity: Type.Number({ minimum: -1, maximum: 1 }),
    margin: Type.Number({ minimum: -2, maximum: 2 }),
    threshold: Type.Number({ minimum: -1, maximum: 1 }),
    frames: Type.Integer({ minimum: 1, maximum: 64 }),
  },
  closed,
);
export type FaceEvidence = Static<typeof FaceEvidence>;

export const LinkStatus = Type.Union([
  Type.Literal('online'),
  Type.Literal('stale'),
  Type.Literal('offline'),
]);

/** The data of every fact type, by its name. A terminal may only make those of `terminalFactTypes`. */
export const factData = {
  /** 值班签到 */
  'duty.checked-in': Type.Object(
    {
      personId: PersonId,
      terminalId: TerminalId,
      shift: ShiftKey,
      method: Type.Union([Type.Literal('face'), Type.Literal('pin')]),
      face: Type.Optional(FaceEvidence),
      simulated: Type.Optional(Type.Literal(true)),
    },
    closed,
  ),
  /** 录入: a template now exists on that terminal, and only there. */
  'face.enrolled': Type.Object(
    {
      personId: PersonId,
      terminalId: TerminalId,
      model: Type.String({ maxLength: 64 }),
      frames: Type.Integer({ minimum: 1, maximum: 64 }),
      consentVersion: Type.String({ maxLength: 32 }),
      grantId: PersonId,
    },
    closed,
  ),
  'face.erased': Type.Object({ personId: PersonId, terminalId: TerminalId }, closed),
  'pin.set': Type.Object({ personId: PersonId, terminalId: TerminalId, grantId: PersonId }, closed),
  'terminal.started': Type.Object(
    {
      terminalId: TerminalId,
      version: Type.String({ maxLength: 32 }),
      simulated: Type.Optional(Type.Literal(true)),
    },
    closed,
  ),
  /** Lets the projector set the effective time of every fact of that boot. */
  'clock.anchored': Type.Object(
    { bootId: Type.String({ pattern: uuidPattern }), offsetMs: Type.Integer() },
    closed,
  ),
  /** Free measured text line of a simulated or test load; projects nothing. */
  'telemetry.noted': Type.Object({ text: Type.String({ maxLength: 512 }) }, closed),
  // Facts of the centre.
  'terminal.enrolled': Type.Object(
    { terminalId: TerminalId, source: Type.String(), simulated: Type.Boolean() },
    closed,
  ),
  'terminal.revoked': Type.Object({ terminalId: TerminalId, source: Type.String() }, closed),
  'terminal.presence-changed': Type.Object(
    {
      terminalId: TerminalId,
      status: LinkStatus,
      since: Type.String({ pattern: instantPattern }),
    },
    closed,
  ),
  /** The broker began or ceased to listen: while it did not, nobody's status is known. */
  'broker.listening-changed': Type.Object(
    { listening: Type.Boolean(), since: Type.String({ pattern: instantPattern }) },
    closed,
  ),
  'person.added': Type.Object({ personId: PersonId }, closed),
  'person.retired': Type.Object({ personId: PersonId }, closed),
  'grant.issued': Type.Object(
    {
      grantId: PersonId,
      personId: PersonId,
      terminalId: TerminalId,
      purpose: Type.String({ maxLength: 32 }),
      expiresAt: Type.String({ pattern: instantPattern }),
    },
    closed,
  ),
} as const;

export type FactType = keyof typeof factData;
export type FactData<T extends FactType> = Static<(typeof factData)[T]>;

export const terminalFactTypes: readonly FactType[] = [
  'duty.checked-in',
  'face.enrolled',
  'face.erased',
  'pin.set',
  'terminal.started',
  'clock.anchored',
  'telemetry.noted',
];

export function isFactType(type: string): type is FactType {
  return Object.hasOwn(factData, type);
}
