import { peoplePerVillage } from '@sightline/contracts';
import type { TemplateModel } from '@sightline/models';
import type { GalleryEntry } from '#domain/identify.ts';
import { readGalleryFile, writeGalleryFile, type StoredTemplate } from '#face/gallery-file.ts';
import { openSecretKey } from '#face/secret-key.ts';

export interface GalleryOptions {
  readonly dir: string;
  /** Only templates of this model are compared; those of another stand until enrolled again. Null: no reader. */
  readonly model: Pick<TemplateModel, 'id' | 'length'> | null;
}

/**
 * 底库. The templates of the village's own people, encrypted on this terminal and nowhere else.
 * A write is on disk when its promise resolves; writes run one after another.
 */
export class Gallery {
  readonly #options: GalleryOptions;
  readonly #key: Buffer;
  #stored: readonly StoredTemplate[];
  #lastWrite: Promise<void> = Promise.resolve();

  /** @throws Error when key or file cannot be read; a damaged file is set aside and `trouble` says so. */
  static async open(options: GalleryOptions): Promise<Gallery> {
    const key = await openSecretKey(options.dir, 'gallery.key');
    const { stored, trouble } = await readGalleryFile(options.dir, key);
    return new Gallery(options, key, { stored, trouble });
  }

  /** A sentence when the file could not be read and the people must be enrolled again. */
  readonly trouble: string | null;

  private constructor(
    options: GalleryOptions,
    key: Buffer,
    file: { readonly stored: readonly StoredTemplate[]; readonly trouble: string | null },
  ) {
    this.#options = options;
    this.#key = key;
    this.#stored = file.stored;
    this.trouble = file.trouble;
  }

  /** The templates that may be compared with a reader of this model. */
  entries(): readonly GalleryEntry[] {
    const known = this.#options.model;
    return this.#stored.filter(
      ({ model, template }) => model === known?.id && template.length === known.length,
    );
  }

  has(personId: string): boolean {
    return this.entries().some((entry) => entry.personId === personId);
  }

  /** Everybody of whom anything is kept, whatever the model. */
  personIds(): readonly string[] {
    return this.#stored.map(({ personId }) => personId);
  }

  put(personId: string, template: Float32Array): Promise<void> {
    return this.#write(() => {
      const { model } = this.#options;
      if (model === null) throw new Error('Without a face reader nobody can be enrolled.');
      const others = this.#stored.filter((stored) => stored.personId !== personId);
      if (others.length >= peoplePerVillage) {
        throw new Error(`The gallery holds ${others.length} people; erase one first.`);
      }
      return [...others, { personId, model: model.id, template }];
    });
  }

  erase(personIds: readonly string[]): Promise<void> {
    return this.#write(() => this.#stored.filter(({ personId }) => !personIds.includes(personId)));
  }

  #write(change: () => readonly StoredTemplate[]): Promise<void> {
    const write = this.#lastWrite.then(async () => {
      const next = change();
      await writeGalleryFile(this.#options.dir, this.#key, next);
      this.#stored = next;
    });
    this.#lastWrite = write.catch(() => undefined);
    return write;
  }
}
