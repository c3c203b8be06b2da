import { peoplePerVillage, type ErasureReason } from '@sightline/contracts';
import type { TemplateModel } from '@sightline/models';
import type { GalleryEntry } from '#domain/identify.ts';
import {
  owedAtMost,
  readGalleryFile,
  writeGalleryFile,
  type GalleryContent,
  type OpenedGallery,
  type OwedReceipt,
  type StoredTemplate,
} from '#face/gallery-file.ts';
import { newGalleryKey, shredOtherKeys, type GalleryKey } from '#face/gallery-key.ts';

export interface GalleryOptions {
  readonly dir: string;
  /** Only templates of this model are compared; those of another stand until enrolled again. Null: no reader. */
  readonly model: Pick<TemplateModel, 'id' | 'length'> | null;
}

/** Why somebody's template goes, for the receipt. */
export interface Erasing {
  readonly personId: string;
  readonly reason: ErasureReason;
  /** The person withdrew here, by their own word. */
  readonly isOwnWord: boolean;
}

/**
 * 底库. The templates of the village's own people, encrypted on this terminal and nowhere else.
 * A write is on disk when its promise resolves; writes run one after another.
 */
export class Gallery {
  readonly #options: GalleryOptions;
  readonly #fileTrouble: string | null;
  #key: GalleryKey;
  #content: GalleryContent;
  #lastWrite: Promise<void> = Promise.resolve();

  /** @throws Error when key or file cannot be read; a damaged file is set aside and `trouble` says so. */
  static async open(options: GalleryOptions): Promise<Gallery> {
    const opened = await readGalleryFile(options.dir);
    // Keys of an erasure that a power cut interrupted.
    if (opened.trouble === null) await shredOtherKeys(options.dir, opened.key.id);
    return new Gallery(options, opened);
  }

  private constructor(options: GalleryOptions, opened: OpenedGallery) {
    this.#options = options;
    this.#key = opened.key;
    this.#content = opened.content;
    this.#fileTrouble = opened.trouble;
  }

  /** A sentence when nobody, or not everybody, can be recognised until people are enrolled again or withdrawn. */
  get trouble(): string | null {
    const held = this.#content.stored.length;
    if (held <= peoplePerVillage) return this.#fileTrouble;
    return (
      `The face gallery holds ${held} people; ${peoplePerVillage} are allowed, so nobody is recognised. ` +
      'Use the PIN; withdraw the faces of those who left.'
    );
  }

  /** The templates that may be compared with a reader of this model. */
  entries(): readonly GalleryEntry[] {
    const { stored } = this.#content;
    if (stored.length > peoplePerVillage) return [];
    const known = this.#options.model;
    return stored.filter(
      ({ model, template }) => model === known?.id && template.length === known.length,
    );
  }

  has(personId: string): boolean {
    return this.entries().some((entry) => entry.personId === personId);
  }

  /** Whether one more person fits; somebody who is here already always does. */
  hasRoomFor(personId: string): boolean {
    return this.#othersThan(personId).length < peoplePerVillage;
  }

  /** Everybody of whom anything is kept, whatever the model. */
  personIds(): readonly string[] {
    return this.#content.stored.map(({ personId }) => personId);
  }

  /** Erasures whose receipt is not a fact yet. */
  owed(): readonly OwedReceipt[] {
    return this.#content.owed;
  }

  put(personId: string, template: Float32Array): Promise<void> {
    return this.#inTurn(() => {
      const { model } = this.#options;
      if (model === null) throw new Error('Without a face reader nobody can be enrolled.');
      if (!this.hasRoomFor(personId)) {
        throw new Error(`The gallery holds ${peoplePerVillage} people; erase one first.`);
      }
      const stored = [...this.#othersThan(personId), { personId, model: model.id, template }];
      return this.#write(this.#key, { ...this.#content, stored });
    });
  }

  /**
   * Erases a person's template: the rest is locked with a new key, and the old key is destroyed, so that
   * no copy that the disk may still hold can be opened. Owes a receipt. False: there was none.
   */
  erase({ personId, ...why }: Erasing): Promise<boolean> {
    return this.#remove(personId, ({ model }) => [{ personId, model, ...why }]);
  }

  /** Takes back a template that was put here a moment ago and is no fact: erased, and no receipt is owed. */
  takeBack(personId: string): Promise<boolean> {
    return this.#remove(personId, () => []);
  }

  async #remove(
    personId: string,
    receiptsFor: (erased: StoredTemplate) => readonly OwedReceipt[],
  ): Promise<boolean> {
    let isErased = false;
    await this.#inTurn(async () => {
      const { stored, owed } = this.#content;
      const erased = stored.find((each) => each.personId === personId);
      if (erased === undefined) return;
      await this.#write(await newGalleryKey(this.#options.dir), {
        stored: this.#othersThan(personId),
        owed: [...owed, ...receiptsFor(erased)].slice(-owedAtMost),
      });
      erased.template.fill(0);
      await shredOtherKeys(this.#options.dir, this.#key.id);
      isErased = true;
    });
    return isErased;
  }

  /** That receipt is a fact now. */
  settle(receipt: OwedReceipt): Promise<void> {
    return this.#inTurn(() => {
      const owed = this.#content.owed.filter((each) => each !== receipt);
      return this.#write(this.#key, { ...this.#content, owed });
    });
  }

  #othersThan(personId: string): GalleryContent['stored'] {
    return this.#content.stored.filter((stored) => stored.personId !== personId);
  }

  async #write(key: GalleryKey, content: GalleryContent): Promise<void> {
    await writeGalleryFile(this.#options.dir, key, content);
    this.#key = key;
    this.#content = content;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#lastWrite.then(work);
    this.#lastWrite = done.catch(() => undefined);
    return done;
  }
}
