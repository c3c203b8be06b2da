import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';

const closed = { additionalProperties: false } as const;
const Hex = Type.String({ pattern: '^[0-9a-f]*$' });

/** What a backup says of itself: its first entry. */
export const Manifest = Type.Object(
  {
    format: Type.Literal(1),
    takenAt: Type.String(),
    /** Of the database that was read; a backup can be restored into another. */
    engine: Type.String(),
    migrations: Type.Array(Type.Object({ name: Type.String(), checksum: Type.String() }, closed)),
    logPosition: Type.Integer({ minimum: 0 }),
    custodyRoot: Hex,
    audit: Type.Object({ seq: Type.Integer({ minimum: 0 }), hash: Hex }, closed),
    /** What the database knows of and the file does not hold: recordings. Files of older programs do not say it. */
    apart: Type.Optional(
      Type.Object(
        {
          recordings: Type.Integer({ minimum: 0 }),
          segments: Type.Integer({ minimum: 0 }),
          bytes: Type.Number({ minimum: 0 }),
        },
        closed,
      ),
    ),
    /** In the order they are written back: what others refer to comes first. */
    tables: Type.Array(
      Type.Object(
        {
          name: Type.String({ pattern: '^[a-z_]{1,63}$' }),
          columns: Type.Array(Type.String({ pattern: '^[a-z_0-9]{1,63}$' })),
          rows: Type.Integer({ minimum: 0 }),
        },
        closed,
      ),
    ),
    sequences: Type.Array(
      Type.Object(
        { name: Type.String({ pattern: '^[a-z_0-9]{1,63}$' }), value: Type.Integer() },
        closed,
      ),
    ),
  },
  closed,
);
export type Manifest = Static<typeof Manifest>;

const manifestCheck = Compile(Manifest);

/** Throws a sentence where the text is no manifest of a format this program reads. */
export function parseManifest(text: string): Manifest {
  const value: unknown = JSON.parse(text);
  if (manifestCheck.Check(value)) return value;
  throw new Error('The file begins like no backup of Sightline that this program can read.');
}

export const manifestEntry = 'manifest.json';
export const checksumsEntry = 'checksums.json';
export const tablePrefix = 'table/';
export const secretPrefix = 'secrets/';
