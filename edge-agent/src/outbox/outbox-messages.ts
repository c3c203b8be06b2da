import type { PacketAck, Refusal } from '@sightline/contracts';
import type { FactDraft } from '#domain/fact-draft.ts';

/** A source as the outbox keeps it; region and terminal are attributes of its facts. */
export interface SourceAddress {
  readonly source: string;
  readonly region: string;
  readonly terminalId: string;
}

/** Where a source stands. `waiting` = seq − settledTo, because a chain has no holes. */
export interface OutboxStats {
  readonly waiting: number;
  readonly oldestAt: string | null;
  readonly deadLetters: number;
  /** Dead letters that made room for newer ones; they stand in the server's quarantine. */
  readonly deadLettersDropped: number;
  /** The chain's head: survives the freeing of its facts. */
  readonly seq: number;
  readonly hash: string | null;
  readonly settledTo: number;
  /** `at` of the newest fact ever appended. */
  readonly lastAt: string | null;
}

export interface PendingFact {
  readonly seq: number;
  /** The exact text that was hashed. */
  readonly body: string;
  readonly hash: string;
}

/** 死信. A fact the server refused for ever: settled, kept, shown. */
export interface DeadLetter {
  readonly id: number;
  readonly seq: number;
  readonly reason: string;
  readonly message: string;
  readonly at: string;
  readonly body: string;
}

/** `ahead`: the server knows more of this source than this file does; the file lost its tail. */
export type Settlement = 'settled' | 'ahead';

export type Ack = Pick<PacketAck, 'committedTo' | 'rejected'>;

export type OutboxRequest =
  | { readonly kind: 'create-source'; readonly address: SourceAddress }
  | { readonly kind: 'find-source'; readonly source: string }
  | { readonly kind: 'append'; readonly source: string; readonly draft: FactDraft }
  | { readonly kind: 'settle'; readonly source: string; readonly ack: Ack }
  | {
      readonly kind: 'pending';
      readonly source: string;
      readonly fromSeq: number;
      readonly limit: number;
    }
  | {
      readonly kind: 'dead-letters';
      readonly source: string;
      readonly beforeId: number;
      readonly limit: number;
    };

/** The answer to each kind of request. */
export interface OutboxAnswers {
  'create-source': SourceAddress;
  'find-source': SourceAddress | null;
  append: PendingFact | Refusal;
  settle: Settlement;
  pending: readonly PendingFact[];
  'dead-letters': readonly DeadLetter[];
}

/** A value, or the message of a fault that concerns this request alone. */
export type OutboxReply =
  | { readonly value: OutboxAnswers[OutboxRequest['kind']] }
  | { readonly fault: string };

export interface SourceStats {
  readonly source: string;
  readonly stats: OutboxStats;
}

export interface OutboxBatch {
  readonly batchId: number;
  readonly requests: readonly OutboxRequest[];
}

/** What the writer's thread says. `failed` is its last word. */
export type OutboxWriterMessage =
  | {
      readonly kind: 'opened';
      readonly movedAside: MovedAside | null;
      readonly durable: Durability;
      readonly sources: readonly SourceStats[];
    }
  | {
      readonly kind: 'done';
      readonly batchId: number;
      readonly replies: readonly OutboxReply[];
      readonly changed: readonly SourceStats[];
    }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' };

/** A damaged file was renamed and an empty one begun; its sources are lost to this terminal. */
export interface MovedAside {
  readonly to: string;
  readonly reason: string;
}

/** The PRAGMAs as read back, not as asked for. */
export interface Durability {
  readonly journalMode: string;
  readonly synchronous: number;
}

export interface OutboxFileOptions {
  readonly waitingFacts: number;
  readonly fileBytes: number;
  readonly diskHeadroomBytes: number;
  readonly deadLetters: number;
}
