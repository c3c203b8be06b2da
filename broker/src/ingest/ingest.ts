import { hash } from 'node:crypto';
import {
  parsePacket,
  type ChainHead,
  type Packet,
  type PacketAck,
  type PacketTrouble,
} from '@sightline/contracts';
import { findSource, loadSettled, type Store } from '@sightline/store';
import { verifySignature } from '#access/device-key.ts';
import { admit, type Admission, type RejectedFact, type Settled } from '#domain/admit.ts';
import { firstSeq, joinPackets } from '#domain/join-packets.ts';
import type { Evidence } from '#ingest/evidence.ts';
import type { LogWriter } from '#ingest/log-writer.ts';
import { limits } from '#limits.ts';
import type { Session } from '#session.ts';

export interface IngestOptions {
  readonly store: Store;
  readonly writer: LogWriter;
  readonly evidence: Evidence;
  /** ISO instant. */
  readonly now: () => string;
}

/** One source that was ever connected to this process; as many as there are enrolled terminals. */
interface Chain {
  /** Where the chain will stand when everything admitted is stored; null = ask the database. */
  head: ChainHead | null;
  /** Up to here it is stored and answered. */
  committedTo: number;
  /** Arrived, not yet looked at. */
  readonly arrivals: Arrival[];
  isTurning: boolean;
  /** Settles when everything admitted so far is answered. */
  completion: Promise<unknown>;
}

interface Arrival {
  readonly session: Session;
  readonly text: string;
  readonly packet: Packet | null;
  readonly problem: string;
  readonly resolve: (ack: PacketAck) => void;
  readonly reject: (error: Error) => void;
}

/** What is decided about at once: one arrival, or several that continue each other. */
interface Unit {
  readonly packet: Packet;
  readonly arrivals: readonly Arrival[];
  readonly session: Session;
  readonly text: string;
}

interface Answer {
  /** Last seq of what was stored; 0 when nothing was. */
  readonly settledTo: number;
  readonly rejected: readonly RejectedFact[];
  readonly trouble: PacketTrouble | null;
}

const nothingNew: Answer = { settledTo: 0, rejected: [], trouble: null };
const nothingSettled: ReadonlyMap<number, Settled> = new Map();

const hashText = (text: string) => hash('sha256', text, 'base64url');

/** Takes packets: admits each against its source's chain, stores it, and says what became of it. */
export class Ingest {
  readonly #options: IngestOptions;
  readonly #chains = new Map<string, Chain>();

  constructor(options: IngestOptions) {
    this.#options = options;
  }

  /** A source connects. What is known of its chain stands: this process alone moves it. */
  begin(source: string, head: ChainHead): void {
    if (!this.#chains.has(source)) this.#chains.set(source, newChain(head));
  }

  /** A source was revoked: it never comes again. */
  forget(source: string): void {
    this.#chains.delete(source);
  }

  /** The database failed: nobody knows how far any chain got. */
  forgetHeads(): void {
    for (const chain of this.#chains.values()) chain.head = null;
  }

  /** Answers in the order of arrival. Rejects when the database is away. */
  receive(session: Session, payload: Buffer): Promise<PacketAck> {
    const chain = this.#chainOf(session.sender.source);
    const text = payload.toString('utf8');
    const read = parsePacket(text);
    const known = 'problem' in read ? { packet: null, ...read } : { packet: read, problem: '' };
    const { promise, resolve, reject } = Promise.withResolvers<PacketAck>();
    chain.arrivals.push({ session, text, ...known, resolve, reject });
    if (!chain.isTurning) {
      chain.isTurning = true;
      queueMicrotask(() => void this.#turn(chain)); // With all that the same read brought.
    }
    return promise;
  }

  #chainOf(source: string): Chain {
    const known = this.#chains.get(source);
    if (known !== undefined) return known;
    const chain = newChain(null);
    this.#chains.set(source, chain);
    return chain;
  }

  async #turn(chain: Chain): Promise<void> {
    while (chain.arrivals.length > 0) {
      const arrivals = chain.arrivals.splice(0, limits.packetsPerTurn);
      for (const run of runsOf(arrivals)) await this.#admitRun(chain, run);
    }
    chain.isTurning = false;
  }

  /** A run that is in trouble as a whole is looked at packet by packet. Never throws. */
  async #admitRun(chain: Chain, run: readonly Arrival[]): Promise<void> {
    const joined = toUnit(run);
    if (joined !== null && (await this.#admitUnit(chain, joined))) return;
    for (const arrival of run) {
      const unit = toUnit([arrival]);
      if (unit === null) {
        const refused = { trouble: 'malformed' as const, message: arrival.problem, packet: null };
        this.#answer(chain, [arrival], this.#refuse(arrival, refused));
      } else {
        await this.#admitUnit(chain, unit);
      }
    }
  }

  /** False when several packets are in trouble together: nothing is answered then. */
  async #admitUnit(chain: Chain, unit: Unit): Promise<boolean> {
    try {
      const admission = await this.#decide(chain, unit);
      if (admission.kind === 'trouble' && unit.arrivals.length > 1) return false;
      this.#answer(chain, unit.arrivals, this.#carryOut(chain, unit, admission));
    } catch (cause) {
      const error = new Error('The chain of the source could not be read.', { cause });
      this.#answer(chain, unit.arrivals, Promise.reject(error));
    }
    return true;
  }

  async #decide(chain: Chain, unit: Unit): Promise<Admission> {
    const { packet, session } = unit;
    const settled = await this.#settledBefore(chain, unit);
    const admission = admit(packet, {
      sender: session.sender,
      head: chain.head ?? (await this.#loadHead(chain, session)),
      settled,
      hash: hashText,
      verify: (signed, sig) => verifySignature(session.key, signed, sig),
    });
    if (admission.kind === 'admitted') chain.head = admission.head;
    return admission;
  }

  /** What the log and the quarantine say of seqs that the packet sends again. */
  async #settledBefore(
    chain: Chain,
    { packet, session }: Unit,
  ): Promise<ReadonlyMap<number, Settled>> {
    const from = firstSeq(packet);
    const head = chain.head ?? (await this.#loadHead(chain, session));
    if (from > head.seq || from < 1) return nothingSettled;
    await chain.completion; // What is under way must be visible in the database.
    const { source } = session.sender;
    const to = Math.min(packet.seal.seq, head.seq);
    const settled = await loadSettled(this.#options.store.pool, { source, from, to });
    // The reasons in quarantine were written by this broker from RejectReason.
    return settled as ReadonlyMap<number, Settled>;
  }

  async #loadHead(chain: Chain, { sender }: Session): Promise<ChainHead> {
    await chain.completion;
    const found = await findSource(this.#options.store.pool, sender.source);
    if (found === null) throw new Error(`Source ${sender.source} is not enrolled any more.`);
    const head = { seq: found.headSeq, hash: found.headHash };
    chain.head = head;
    chain.committedTo = head.seq;
    return head;
  }

  async #carryOut(chain: Chain, unit: Unit, admission: Admission): Promise<Answer> {
    if (admission.kind === 'trouble') return this.#refuse(unit, admission);
    if (admission.kind === 'duplicate') {
      return { ...nothingNew, rejected: admission.rejectedBefore };
    }
    const { entries, rejected, rejectedBefore, head } = admission;
    const { session, packet } = unit;
    const { seal } = packet;
    const outcome = await this.#options.writer.append({
      sender: session.sender,
      head: { seq: head.seq, hash: head.hash ?? seal.hash },
      entries,
      rejected,
      seal,
    });
    if (outcome.kind === 'fork') {
      chain.head = null;
      const message = `Another fact already stands at seq ${outcome.seq}.`;
      return this.#refuse(unit, { trouble: 'fork', message });
    }
    const refused = [...rejectedBefore, ...rejected, ...outcome.rejected];
    return { settledTo: head.seq, rejected: refused, trouble: null };
  }

  /** Nothing of the packet is taken; what proves a lie or a defect is kept. A gap is neither. */
  async #refuse({ session, text, packet }: Refused, why: Why): Promise<Answer> {
    const { trouble, message } = why;
    if (trouble !== 'gap') {
      await this.#options.evidence.keep(session.sender, {
        seq: packet?.seal.seq ?? 0,
        reason: trouble,
        message,
        hash: packet?.seal.hash ?? hashText(text),
        body: text,
      });
    }
    return { ...nothingNew, trouble };
  }

  /** Answers in order: an ack never speaks of facts whose refusal a later ack will name. */
  #answer(chain: Chain, arrivals: readonly Arrival[], coming: Promise<Answer>): void {
    const before = chain.completion;
    const done = coming.then(async (answer) => {
      await before;
      for (const arrival of arrivals) arrival.resolve(this.#ack(chain, arrival, answer));
    });
    chain.completion = done.catch((error: Error) => {
      for (const arrival of arrivals) arrival.reject(error);
    });
  }

  #ack(chain: Chain, { packet }: Arrival, { settledTo, rejected, trouble }: Answer): PacketAck {
    const from = packet === null ? 0 : firstSeq(packet);
    const to = packet === null ? 0 : packet.seal.seq;
    chain.committedTo = Math.max(chain.committedTo, Math.min(settledTo, to));
    const own = rejected.filter(({ seq }) => seq >= from && seq <= to);
    return {
      v: 1,
      committedTo: chain.committedTo,
      rejected: own.map(({ seq, reason, message }) => ({ seq, reason, message })),
      trouble,
      serverAt: this.#options.now(),
    };
  }
}

type Refused = Pick<Arrival, 'session' | 'text' | 'packet'>;

interface Why {
  readonly trouble: PacketTrouble;
  readonly message: string;
}

/** Cuts arrivals into runs of one connection, readable, and small enough for one commit. */
function runsOf(arrivals: readonly Arrival[]): Arrival[][] {
  const runs: Arrival[][] = [];
  let facts = 0;
  for (const arrival of arrivals) {
    const run = runs.at(-1);
    facts += arrival.packet?.bodies.length ?? 0;
    if (run !== undefined && mayFollow(arrival, run[0]) && facts <= limits.factsPerCommit) {
      run.push(arrival);
    } else {
      runs.push([arrival]);
      facts = arrival.packet?.bodies.length ?? 0;
    }
  }
  return runs;
}

function mayFollow(arrival: Arrival, first: Arrival | undefined): boolean {
  const areReadable = arrival.packet !== null && first !== undefined && first.packet !== null;
  return areReadable && first.session === arrival.session;
}

function toUnit(arrivals: readonly Arrival[]): Unit | null {
  const [first] = arrivals;
  const packets = arrivals.flatMap(({ packet }) => packet ?? []);
  const packet = packets.length === arrivals.length ? joinPackets(packets) : null;
  if (first === undefined || packet === null) return null;
  return { packet, arrivals, session: first.session, text: first.text };
}

function newChain(head: ChainHead | null): Chain {
  const completion = Promise.resolve();
  const committedTo = head?.seq ?? 0;
  return { head, committedTo, arrivals: [], isTurning: false, completion };
}
