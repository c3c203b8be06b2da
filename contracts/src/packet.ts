import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { hashPattern } from './fact.ts';

export const packetLimits = {
  factsPerPacket: 64,
  bytesPerFact: 16 * 1024,
  bytesPerPacket: 256 * 1024,
} as const;

/** Proves the last fact of a packet and, by its chain, all before it. `sig`: P-256, r‖s, base64url. */
export const Seal = Type.Object(
  {
    v: Type.Literal(1),
    seq: Type.Integer({ minimum: 1 }),
    hash: Type.String({ pattern: hashPattern }),
    sig: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
  },
  { additionalProperties: false },
);
export type Seal = Static<typeof Seal>;

/** One PUBLISH: consecutive facts of one source, as the exact text each was hashed over. */
export interface Packet {
  readonly seal: Seal;
  readonly bodies: readonly string[];
}

const sealCheck = Compile(Seal);

/** The bytes a device key signs for a seal. */
export function sealText(source: string, seq: number, hash: string): string {
  return `sightline seal v1\n${source}\n${seq}\n${hash}`;
}

/** The bytes a device key signs to connect: a server nonce, single use. */
export function connectText(source: string, nonce: string): string {
  return `sightline connect v1\n${source}\n${nonce}`;
}

/** The bytes a device key signs to enrol with a one-time code. */
export function enrolText(code: string, publicKey: string): string {
  return `sightline enrol v1\n${code}\n${publicKey}`;
}

/** What an erasure receipt states; `at` is the time of its `face.erased` fact. */
export interface Erasure {
  readonly source: string;
  readonly terminalId: string;
  readonly personId: string;
  readonly reason: string;
  readonly model: string;
  readonly at: string;
}

/** The bytes a device key signs for an erasure receipt. */
export function erasureText(erasure: Erasure): string {
  const { source, terminalId, personId, reason, model, at } = erasure;
  return `sightline erasure v1\n${source}\n${terminalId}\n${personId}\n${reason}\n${model}\n${at}`;
}

/** Lines: the seal, then one fact each. JSON never holds a raw newline, so lines are facts. */
export function encodePacket(packet: Packet): string {
  return `${JSON.stringify(packet.seal)}\n${packet.bodies.join('\n')}`;
}

export type PacketProblem = { readonly problem: string };

/** Reads a packet; never throws. Limits are those of `packetLimits`. */
export function parsePacket(text: string): Packet | PacketProblem {
  const end = text.indexOf('\n');
  if (end < 0) return { problem: 'The packet has no facts after its seal line.' };
  const seal = parseSeal(text.slice(0, end));
  if (seal === null) return { problem: 'The first line of the packet is no seal.' };
  const bodies = text.slice(end + 1).split('\n');
  if (bodies.length > packetLimits.factsPerPacket) {
    return {
      problem: `${bodies.length} facts in a packet; ${packetLimits.factsPerPacket} are allowed.`,
    };
  }
  return { seal, bodies };
}

function parseSeal(line: string): Seal | null {
  try {
    const seal: unknown = JSON.parse(line);
    return sealCheck.Check(seal) ? seal : null;
  } catch {
    return null;
  }
}
