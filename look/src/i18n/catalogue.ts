import type { zh } from './zh.ts';

/** Texts by key, nested as deep as a page likes. */
export interface Catalogue {
  readonly [key: string]: string | Catalogue;
}

/** The same keys as a Chinese catalogue, with any text: a missing translation does not compile. */
export type Translated<Chinese> = {
  readonly [Key in keyof Chinese]: Chinese[Key] extends string ? string : Translated<Chinese[Key]>;
};

export type SharedCatalogue = Translated<typeof zh>;

/** Every key of a catalogue, dotted: `status.online`. */
export function keysOf(catalogue: Catalogue, prefix = ''): readonly string[] {
  return Object.entries(catalogue).flatMap(([key, text]) =>
    typeof text === 'string' ? [`${prefix}${key}`] : keysOf(text, `${prefix}${key}.`),
  );
}
