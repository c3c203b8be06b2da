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
import type { Evidence } from '#ingest/evidence.ts';
import type { LogWriter } from '#ingest/log-writer.ts';
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
  /** Up to here it is stored. */
  committedTo: number;
  /** The last admission and the last completion: each waits for the one before. */
  admission: Promise<unknown>;
  completion: Promise<unknown>;
}

interface Answer {
  readonly rejected: readonly RejectedFact[];
  readonly trouble: PacketTrouble | null;
}

const fine: Answer = { rejected: [], trouble: null };

const hashText = (text: string) => hash('sha256', text, 'base64url');
const nothingSettled: ReadonlyMap<number, Settled> = new Map();

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
  async receive(session: Session, payload: Buffer): Promise<PacketAck> {
    const chain = this.#chainOf(session.sender.source);
    const before = chain.completion;
    const arrival: Arrival = { chain, session, text: payload.toString('utf8'), before };
    const admission = chain.admission.then(() => this.#admit(arrival));
    chain.admission = admission.catch(noop);
    const completion = admission.then(async ({ answer }) => {
      const settled = await answer;
      await before;
      return settled;
    });
    chain.completion = completion.catch(noop);
    return this.#ack(chain, await completion);
  }

  #ack(chain: Chain, { rejected, trouble }: Answer): PacketAck {
    const serverAt = this.#options.now();
    return { v: 1, committedTo: chain.committedTo, rejected: [...rejected], trouble, serverAt };
  }

  #chainOf(source: string): Chain {
    const known = this.#chains.get(source);
    if (known !== undefined) return known;
    const chain = newChain(null);
    this.#chains.set(source, chain);
    return chain;
  }

  /** Decides in order; the answer comes later (wrapped, so that the next need not wait for it). */
  async #admit(arrival: Arrival): Promise<{ readonly answer: Promise<Answer> }> {
    const { chain, session, text } = arrival;
    const packet = parsePacket(text);
    if ('problem' in packet) {
      const wrong = { trouble: 'malformed' as const, message: packet.problem, packet: null };
      return { answer: this.#refuse(arrival, wrong) };
    }
    const settled = await this.#settledBefore(arrival, packet);
    const admission = admit(packet, {
      sender: session.sender,
      head: chain.head ?? (await this.#loadHead(arrival)),
      settled,
      hash: hashText,
      verify: (signed, sig) => verifySignature(session.key, signed, sig),
    });
    if (admission.kind === 'trouble')
      return { answer: this.#refuse(arrival, { ...admission, packet }) };
    if (admission.kind === 'duplicate') {
      return { answer: Promise.resolve({ ...fine, rejected: admission.rejectedBefore }) };
    }
    chain.head = admission.head;
    return { answer: this.#store(arrival, { packet, admission }) };
  }

  /** What the log and the quarantine say of seqs that the packet sends again. */
  async #settledBefore(
    arrival: Arrival,
    { seal, bodies }: Packet,
  ): Promise<ReadonlyMap<number, Settled>> {
    const from = seal.seq - bodies.length + 1;
    const head = arrival.chain.head ?? (await this.#loadHead(arrival));
    if (from > head.seq || from < 1) return nothingSettled;
    await arrival.before; // What is under way must be visible in the database.
    const { source } = arrival.session.sender;
    const to = Math.min(seal.seq, head.seq);
    const settled = await loadSettled(this.#options.store.pool, { source, from, to });
    // The reasons in quarantine were written by this broker from RejectReason.
    return settled as ReadonlyMap<number, Settled>;
  }

  async #loadHead({ chain, session, before }: Arrival): Promise<ChainHead> {
    await before;
    const found = await findSource(this.#options.store.pool, session.sender.source);
    if (found === null)
      throw new Error(`Source ${session.sender.source} is not enrolled any more.`);
    const head = { seq: found.headSeq, hash: found.headHash };
    chain.head = head;
    chain.committedTo = head.seq;
    return head;
  }

  async #store(arrival: Arrival, { admission, packet }: Taken): Promise<Answer> {
    const { chain, session } = arrival;
    const { seq, hash: headHash } = admission.head;
    const outcome = await this.#options.writer.append({
      sender: session.sender,
      entries: admission.entries,
      rejected: admission.rejected,
      head: { seq, hash: headHash ?? packet.seal.hash },
      seal: packet.seal,
    });
    if (outcome.kind === 'fork') {
      chain.head = null;
      const message = `Another fact already stands at seq ${outcome.seq}.`;
      return this.#refuse(arrival, { trouble: 'fork', message, packet });
    }
    chain.committedTo = Math.max(chain.committedTo, seq);
    const rejected = [...admission.rejectedBefore, ...admission.rejected, ...outcome.rejected];
    return { rejected: rejected.map(plain), trouble: null };
  }

  /** Nothing of the packet is taken; what proves a lie or a defect is kept. A gap is neither. */
  async #refuse({ session, text }: Arrival, refused: Refused): Promise<Answer> {
    const { trouble, message, packet } = refused;
    if (trouble !== 'gap') {
      await this.#options.evidence.keep(session.sender, {
        seq: packet?.seal.seq ?? 0,
        reason: trouble,
        message,
        hash: packet?.seal.hash ?? hashText(text),
        body: text,
      });
    }
    return { rejected: [], trouble };
  }
}

/** One packet on its way; `before` = everything of the source that came earlier is answered. */
interface Arrival {
  readonly chain: Chain;
  readonly session: Session;
  readonly text: string;
  readonly before: Promise<unknown>;
}

interface Taken {
  readonly packet: Packet;
  readonly admission: Admission & { kind: 'admitted' };
}

interface Refused {
  readonly trouble: PacketTrouble;
  readonly message: string;
  readonly packet: Packet | null;
}

function newChain(head: ChainHead | null): Chain {
  const done = Promise.resolve();
  return { head, committedTo: head?.seq ?? 0, admission: done, completion: done };
}

function plain({ seq, reason, message }: RejectedFact): RejectedFact {
  return { seq, reason, message };
}

function noop(): void {}
