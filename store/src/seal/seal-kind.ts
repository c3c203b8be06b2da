import type { SealBinding, SealedText } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** Something sealed that nobody opened yet, with the private half of the very terminal's key. */
export interface Sealed {
  readonly id: string;
  readonly sealed: SealedText;
  /** Null = the key is destroyed, or was another terminal's: that seal is nobody's. */
  readonly privateKey: Buffer | null;
}

/** One kind of words that terminals seal, and the erasable table they are opened into. */
export interface SealKind {
  readonly kind: SealBinding['kind'];
  find(db: Queryable, limit: number): Promise<readonly Sealed[]>;
  /** `opened`: what came out of the seal, unchecked; null = it could not be opened. */
  write(db: Queryable, id: string, opened: unknown): Promise<void>;
}

/** Where the sealed words of a kind stand, and where they are opened into; names of our own tables. */
interface SealPlace {
  readonly sealedIn: string;
  readonly openedInto: string;
  /** The column of the id, in both. */
  readonly id: string;
}

/** Finds what was sealed and not opened yet, oldest first. */
export function sealFinder({ sealedIn, openedInto, id }: SealPlace): SealKind['find'] {
  return async (db, limit) => {
    const { rows } = await db.query<Sealed>(
      `select s.${id} as id, s.sealed, k.private_key as "privateKey"
       from ${sealedIn} s
       left join complaint_key k
         on k.key_id = (s.sealed ->> 'keyId')::uuid and k.terminal_id = s.terminal_id
       where s.sealed is not null and not exists (select from ${openedInto} t where t.${id} = s.${id})
       order by s.position limit $1`,
      [limit],
    );
    return rows;
  };
}
