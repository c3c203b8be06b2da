import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FactData } from '@sightline/contracts';
import {
  foldHandOver,
  noHandOvers,
  type HandOverFact,
  type HandOvers,
} from '#domain/fold-hand-over.ts';
import { kioskLimits } from '#kiosk/limits.ts';

/** What is to become a fact: its type and data as the log will have them. */
export type HandOverDraft =
  | Draft<'hand-over.left'>
  | Draft<'hand-over.accepted'>
  | Draft<'hand-over.done'>;

interface Draft<T extends 'hand-over.left' | 'hand-over.accepted' | 'hand-over.done'> {
  readonly type: T;
  readonly data: FactData<T>;
}

const schema = `
  create table if not exists hand_over_fact (
    key text primary key, item_id text not null, at text not null,
    is_told integer not null, draft text not null
  ) strict;
  create table if not exists hand_over_text (
    item_id text primary key, at text not null, text text not null
  ) strict;
`;

/**
 * 交接 as this terminal remembers it, in kiosk.db beside the rest. A draft is owed before its fact is in
 * the outbox and told after: a power cut in between leaves it owed, and the next start tells it.
 */
export class HandOverRecords implements Disposable {
  readonly #db: DatabaseSync;
  #items: HandOvers = noHandOvers;
  #written: ReadonlySet<string> = new Set();

  /** After `KioskRecords.open`, which sets a damaged file aside. */
  static open(dir: string): HandOverRecords {
    const db = new DatabaseSync(join(dir, 'kiosk.db'));
    // Secure delete: words whose time is over are overwritten, not only unlinked.
    db.exec(
      `pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 2000;
       pragma secure_delete = on;`,
    );
    db.exec(schema);
    return new HandOverRecords(db);
  }

  private constructor(db: DatabaseSync) {
    this.#db = db;
    this.#fold();
  }

  items(): HandOvers {
    return this.#items;
  }

  hasText(itemId: string): boolean {
    return this.#written.has(itemId);
  }

  text(itemId: string): string | null {
    const row = this.#db.prepare('select text from hand_over_text where item_id = ?').get(itemId);
    return typeof row?.['text'] === 'string' ? row['text'] : null;
  }

  /** Before the fact. The same draft again replaces what was owed of it. `text`: own words, '' = none. */
  owe(
    draft: HandOverDraft,
    { at, text = '' }: { readonly at: string; readonly text?: string },
  ): void {
    const { itemId } = draft.data;
    // The words first: without the draft nobody sees them, and they are swept like all others.
    if (text !== '') {
      this.#db
        .prepare('insert into hand_over_text values (?, ?, ?) on conflict do nothing')
        .run(itemId, at, text);
    }
    this.#db
      .prepare(
        `insert into hand_over_fact values (?, ?, ?, 0, ?)
         on conflict do update set at = excluded.at, draft = excluded.draft where not is_told`,
      )
      .run(keyOf(draft), itemId, at, JSON.stringify(draft));
  }

  /** The fact is in the outbox. */
  tell(draft: HandOverDraft, at: string): void {
    this.#db
      .prepare('update hand_over_fact set is_told = 1, at = ? where key = ?')
      .run(at, keyOf(draft));
    this.#fold();
  }

  /** The fact was refused: nothing is owed. */
  withdraw(draft: HandOverDraft): void {
    this.#db.prepare('delete from hand_over_fact where key = ? and not is_told').run(keyOf(draft));
    if (draft.type === 'hand-over.left') {
      this.#db.prepare('delete from hand_over_text where item_id = ?').run(draft.data.itemId);
    }
  }

  owed(): readonly HandOverDraft[] {
    const rows = this.#db
      .prepare('select draft from hand_over_fact where not is_told order by rowid')
      .all();
    return rows.map(draftOf);
  }

  /** Forgets words, and items that were done, whose time is over at that instant. */
  forgetOld(at: string): void {
    const days = kioskLimits.handOver.keptDays;
    const before = Temporal.Instant.from(at)
      .subtract({ hours: 24 * days })
      .toString();
    const { changes } = this.#db.prepare('delete from hand_over_text where at < ?').run(before);
    const done = [...this.#items.values()].filter(({ state }) => state === 'done');
    const forget = this.#db.prepare(
      `delete from hand_over_fact where item_id = ?1
       and not exists (select 1 from hand_over_fact where item_id = ?1 and at >= ?2)`,
    );
    const gone = done.reduce(
      (sum, { itemId }) => sum + Number(forget.run(itemId, before).changes),
      0,
    );
    if (Number(changes) + gone === 0) return;
    // What was overwritten stands in the log until then, and the old page in the file.
    this.#db.exec('pragma wal_checkpoint(truncate)');
    this.#fold();
  }

  /** In the order things were done here, whatever the clock did meanwhile. */
  #fold(): void {
    const rows = this.#db
      .prepare('select draft, at from hand_over_fact where is_told order by rowid')
      .all();
    this.#items = rows
      .map((row): HandOverFact => {
        const { type, data } = draftOf(row);
        // Type and data are of one draft; spreading them apart loses that for the compiler.
        return { ...data, type, at: String(row['at']) } as HandOverFact;
      })
      .reduce(foldHandOver, noHandOvers);
    const texts = this.#db.prepare('select item_id from hand_over_text').all();
    this.#written = new Set(texts.map((row) => String(row['item_id'])));
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}

/** What stands once: an item left, accepted by a shift, done. */
function keyOf({ type, data }: HandOverDraft): string {
  const shift = type === 'hand-over.accepted' ? data.shift : '';
  return `${type} ${data.itemId} ${shift}`;
}

function draftOf(row: Record<string, unknown>): HandOverDraft {
  return JSON.parse(String(row['draft'])) as HandOverDraft; // Written by `owe` alone.
}
