import {
  sealText,
  type ChainHead,
  type Fact,
  type HashText,
  type Packet,
  type PacketTrouble,
  type RejectReason,
} from '@sightline/contracts';
import { checkFact, readBody, type Sender, type Wrong } from '#domain/check-fact.ts';

/** A fact ready to be appended: `body` is the text that was hashed and sealed. */
export interface Admitted {
  readonly fact: Fact;
  readonly body: string;
  readonly hash: string;
}

/** A fact refused for ever: it goes to quarantine and its seq counts as settled. */
export interface Rejected extends RejectedFact {
  readonly hash: string;
  readonly body: string;
}

/** As the application ack names it. */
export interface RejectedFact {
  readonly seq: number;
  readonly reason: RejectReason;
  readonly message: string;
}

/** What became of a fact that came before. `rejected`: null when it stands in the log. */
export interface Settled {
  readonly hash: string;
  readonly rejected: Omit<RejectedFact, 'seq'> | null;
}

export type Admission =
  | {
      readonly kind: 'admitted';
      readonly entries: readonly Admitted[];
      readonly rejected: readonly Rejected[];
      /** Where the chain stands once all of it is stored. */
      readonly head: ChainHead;
      readonly rejectedBefore: readonly RejectedFact[];
    }
  /** Every fact of the packet was settled before: nothing to store. */
  | { readonly kind: 'duplicate'; readonly rejectedBefore: readonly RejectedFact[] }
  /** Nothing is taken. `message` names what is wrong, for people. */
  | { readonly kind: 'trouble'; readonly trouble: PacketTrouble; readonly message: string };

export interface AdmitOptions {
  readonly sender: Sender;
  /** The last settled fact of this source. */
  readonly head: ChainHead;
  /** What is known of those seqs of the packet that are not after the head. */
  readonly settled: ReadonlyMap<number, Settled>;
  readonly hash: HashText;
  /** True when `sig` is the source's signature over `text`. */
  readonly verify: (text: string, sig: string) => boolean;
}

/**
 * Decides about one packet: which facts are new and fit, which are refused for ever, or why nothing of
 * it can be taken. The cheap checks come before the signature.
 */
export function admit(packet: Packet, options: AdmitOptions): Admission {
  const { seal, bodies } = packet;
  const { head } = options;
  const first = seal.seq - bodies.length + 1;
  if (first < 1) {
    return trouble('malformed', `${bodies.length} facts cannot end at seq ${seal.seq}.`);
  }
  if (first > head.seq + 1) {
    return trouble('gap', `The packet begins at seq ${first}; ${head.seq + 1} is next.`);
  }
  const hashes = bodies.map((body) => options.hash(body));
  if (hashes.at(-1) !== seal.hash) {
    return trouble('bad-seal', `The seal's hash is not the hash of fact ${seal.seq}.`);
  }
  if (!options.verify(sealText(options.sender.source, seal.seq, seal.hash), seal.sig)) {
    return trouble('bad-seal', `The seal of fact ${seal.seq} is not signed by this source.`);
  }
  const forked = findFork(first, hashes, options);
  if (forked !== null) {
    return trouble('fork', `Another fact already stands at seq ${forked}.`);
  }
  const rejectedBefore = [...options.settled].flatMap(([seq, { rejected }]) =>
    rejected === null ? [] : [{ seq, ...rejected }],
  );
  if (seal.seq <= head.seq) return { kind: 'duplicate', rejectedBefore };
  const admission = admitNew(packet, hashes, options);
  return admission.kind === 'admitted' ? { ...admission, rejectedBefore } : admission;
}

/** The first seq that is settled with another hash, or null. */
function findFork(first: number, hashes: readonly string[], options: AdmitOptions): number | null {
  const { head, settled } = options;
  for (const [index, hash] of hashes.entries()) {
    const seq = first + index;
    if (seq > head.seq) return null;
    const stands = seq === head.seq ? head.hash : settled.get(seq)?.hash;
    if (stands !== undefined && stands !== hash) return seq;
  }
  return null;
}

/** Walks the facts after the head; each must carry the hash of the one before. */
function admitNew(packet: Packet, hashes: readonly string[], options: AdmitOptions): Admission {
  const { bodies, seal } = packet;
  const first = seal.seq - bodies.length + 1;
  const entries: Admitted[] = [];
  const rejected: Rejected[] = [];
  let before = options.head;
  for (let seq = before.seq + 1; seq <= seal.seq; seq += 1) {
    const body = bodies[seq - first] ?? '';
    const hash = hashes[seq - first] ?? '';
    const read = readBody(body);
    const wrong = 'reason' in read ? read : checkFact(read, options.sender);
    if (!('reason' in read) && (read.seq !== seq || read.prev !== before.hash)) {
      return trouble('broken-chain', `Fact ${seq} does not follow fact ${before.seq}.`);
    }
    if (wrong !== null) rejected.push(refusal({ seq, hash, body }, wrong));
    else if (!('reason' in read)) entries.push({ fact: read, body, hash });
    before = { seq, hash };
  }
  return { kind: 'admitted', entries, rejected, head: before, rejectedBefore: [] };
}

function refusal(what: { seq: number; hash: string; body: string }, wrong: Wrong): Rejected {
  return { ...what, reason: wrong.reason, message: wrong.message.slice(0, 512) };
}

function trouble(name: PacketTrouble, message: string): Admission {
  return { kind: 'trouble', trouble: name, message };
}
