import { hash } from 'node:crypto';
import { encodeFact, type Refusal, refuse } from '@sightline/contracts';
import type { FactDraft } from '#domain/fact-draft.ts';
import { factProblem } from '#outbox/fact-problem.ts';
import type {
  Ack,
  OutboxFileOptions,
  OutboxReply,
  OutboxRequest,
  PendingFact,
  Settlement,
  SourceAddress,
} from '#outbox/outbox-messages.ts';
import {
  type Statements,
  textOrNull,
  toDeadLetter,
  toPendingFact,
} from '#outbox/outbox-statements.ts';
import type { SourceRow } from '#outbox/source-row.ts';

interface TransactionBase {
  readonly statements: Statements;
  readonly sources: ReadonlyMap<string, SourceRow>;
  readonly waiting: number;
  readonly options: OutboxFileOptions;
  /** Why nothing may be appended now, or null. */
  readonly noSpace: Refusal | null;
}

/** One transaction's view of the sources: what it changes is adopted after the commit only. */
export class OutboxTransaction {
  readonly changed = new Map<string, SourceRow>();
  readonly #base: TransactionBase;
  #waiting: number;

  constructor(base: TransactionBase) {
    this.#base = base;
    this.#waiting = base.waiting;
  }

  get waiting(): number {
    return this.#waiting;
  }

  answer(request: OutboxRequest): OutboxReply {
    switch (request.kind) {
      case 'create-source':
        return this.#createSource(request.address);
      case 'find-source':
        return { value: this.#find(request.source)?.address ?? null };
      case 'append':
        return this.#withSource(request.source, (row) => this.#append(row, request.draft));
      case 'settle':
        return this.#withSource(request.source, (row) => this.#settle(row, request.ack));
      case 'pending':
        return this.#withSource(request.source, (row) => {
          const { pending } = this.#base.statements;
          const rows = pending.all(row.sourceId, request.fromSeq, request.limit);
          return { value: rows.map(toPendingFact) };
        });
      case 'dead-letters':
        return this.#withSource(request.source, (row) => {
          const { deadLetters } = this.#base.statements;
          const rows = deadLetters.all(row.sourceId, request.beforeId, request.limit);
          return { value: rows.map(toDeadLetter) };
        });
    }
  }

  #find(source: string): SourceRow | undefined {
    return this.changed.get(source) ?? this.#base.sources.get(source);
  }

  #withSource(source: string, answer: (row: SourceRow) => OutboxReply): OutboxReply {
    const row = this.#find(source);
    return row === undefined ? { fault: `The outbox knows no source ${source}.` } : answer(row);
  }

  #createSource(address: SourceAddress): OutboxReply {
    const known = this.#find(address.source);
    if (known !== undefined) return { value: known.address };
    const { source, region, terminalId } = address;
    const created = this.#base.statements.createSource.get(source, region, terminalId);
    this.changed.set(source, {
      sourceId: Number(created?.['source_id']),
      address,
      seq: 0,
      hash: null,
      settledTo: 0,
      lastAt: null,
      oldestAt: null,
      deadLetters: 0,
      deadLettersDropped: 0,
    });
    return { value: address };
  }

  #append(row: SourceRow, draft: FactDraft): OutboxReply {
    const refusal = this.#refuseAppend();
    if (refusal !== null) return { value: refusal };
    const next = nextFact(row, draft);
    const problem = factProblem(next.body);
    if (problem !== null) return { fault: problem };
    const { statements } = this.#base;
    statements.appendFact.run(row.sourceId, next.seq, draft.at, next.hash, next.body);
    const lastAt = row.lastAt === null || draft.at > row.lastAt ? draft.at : row.lastAt;
    statements.moveHead.run(next.seq, next.hash, lastAt, row.sourceId);
    this.#waiting += 1;
    const oldestAt = row.oldestAt ?? draft.at;
    const head = { seq: next.seq, hash: next.hash, lastAt, oldestAt };
    this.changed.set(row.address.source, { ...row, ...head });
    return { value: next };
  }

  #refuseAppend(): Refusal | null {
    const { waitingFacts } = this.#base.options;
    if (this.#waiting < waitingFacts) return this.#base.noSpace;
    return refuse(
      'outbox-full',
      `${waitingFacts} facts wait in the terminal's outbox, as many as it may hold: restore the link to the command centre, then try again.`,
    );
  }

  #settle(row: SourceRow, ack: Ack): OutboxReply {
    if (ack.committedTo > row.seq) return settlement('ahead');
    if (ack.committedTo <= row.settledTo) return settlement('settled');
    const { statements } = this.#base;
    const letters = this.#keepDeadLetters(row, ack);
    statements.freeFacts.run(row.sourceId, ack.committedTo);
    statements.settle.run(ack.committedTo, letters.deadLettersDropped, row.sourceId);
    this.#waiting -= ack.committedTo - row.settledTo;
    const oldest = statements.atOfFact.get(row.sourceId, ack.committedTo + 1);
    const freed = { settledTo: ack.committedTo, oldestAt: textOrNull(oldest?.['at']) };
    this.changed.set(row.address.source, { ...row, ...letters, ...freed });
    return settlement('settled');
  }

  #keepDeadLetters(
    row: SourceRow,
    ack: Ack,
  ): Pick<SourceRow, 'deadLetters' | 'deadLettersDropped'> {
    const { statements, options } = this.#base;
    const news = ack.rejected.filter(({ seq }) => seq > row.settledTo && seq <= ack.committedTo);
    const added = news.map(({ seq, reason, message }) =>
      Number(statements.keepDeadLetter.run(reason, message, row.sourceId, seq).changes),
    );
    const kept = added.reduce((sum, count) => sum + count, row.deadLetters);
    const excess = Math.max(0, kept - options.deadLetters);
    if (excess > 0) statements.dropOldestDeadLetters.run(row.sourceId, excess);
    return {
      deadLetters: kept - excess,
      deadLettersDropped: row.deadLettersDropped + excess,
    };
  }
}

function settlement(value: Settlement): OutboxReply {
  return { value };
}

function nextFact(row: SourceRow, draft: FactDraft): PendingFact {
  const { source, region } = row.address;
  const { id, at, clock, stream, type, world, actor, data } = draft;
  const seq = row.seq + 1;
  const prev = row.hash;
  // The order of the schema: the text is hashed as written here and never written again.
  const body = encodeFact({
    v: 1,
    id,
    source,
    seq,
    prev,
    at,
    clock,
    region,
    stream,
    type,
    world,
    actor,
    data,
  });
  return { seq, body, hash: hash('sha256', body, 'base64url') };
}
