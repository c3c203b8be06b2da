import { readFileSync, statSync } from 'node:fs';
import Type from 'typebox';
import { Value } from 'typebox/value';
import { LIMITS } from '#limits.ts';

const closed = { additionalProperties: false } as const;
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
// A bare file name: a manifest may not reach outside its own folder.
const FileName = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$', maxLength: 100 });

const Source = Type.Object(
  {
    /** `name@version` as npm takes it. */
    package: Type.String({ pattern: '^(@[a-z0-9-]+/)?[a-z0-9-]+@[0-9.]+$' }),
    /** Of the tarball, as the registry writes it. */
    integrity: Type.String({ pattern: '^sha512-[A-Za-z0-9+/]{86}==$' }),
    bytes: Type.Integer({ minimum: 1 }),
    licence: Type.String(),
    notice: Type.Optional(Type.String()),
  },
  closed,
);

const pinned = {
  file: FileName,
  bytes: Type.Integer({ minimum: 1 }),
  sha256: Sha256,
  /** Null for a file that an operator puts in place by hand. */
  from: Type.Union([
    Type.Null(),
    Type.Object({ source: Type.String(), path: Type.String() }, closed),
  ]),
};
const PinnedFile = Type.Object(pinned, closed);

const Input = Type.Object(
  {
    width: Type.Integer({ minimum: 8, maximum: 1024 }),
    height: Type.Integer({ minimum: 8, maximum: 1024 }),
    /** Order of the planes. `(byte − mean) / std`, one number a plane, in the same order. */
    channels: Type.Union([Type.Literal('rgb'), Type.Literal('bgr'), Type.Literal('grey')]),
    mean: Type.Array(Type.Number(), { minItems: 1, maxItems: 3 }),
    std: Type.Array(Type.Number({ exclusiveMinimum: 0 }), { minItems: 1, maxItems: 3 }),
  },
  closed,
);

const network = {
  ...pinned,
  name: Type.String({ minLength: 1 }),
  licence: Type.String(),
  input: Input,
};
const Threshold = Type.Number({ minimum: 0, maximum: 1 });
const output = <const Names extends string>(...names: Names[]) =>
  Type.Object(
    Object.fromEntries(names.map((name) => [name, Type.String()])) as Record<Names, Type.TString>,
    closed,
  );

const Manifest = Type.Object(
  {
    version: Type.Literal(1),
    sources: Type.Record(Type.String(), Source),
    networks: Type.Object(
      {
        detect: Type.Object(
          { ...network, outputs: output('scores', 'boxes'), threshold: Threshold },
          closed,
        ),
        landmark: Type.Object({ ...network, outputs: output('points') }, closed),
        feature: Type.Object(
          {
            ...network,
            outputs: output('template'),
            templateLength: Type.Integer({ minimum: 64, maximum: 2048 }),
            threshold: Threshold,
          },
          closed,
        ),
        liveness: Type.Object(
          {
            ...network,
            outputs: output('logits'),
            threshold: Threshold,
            /** Side of the square that it looks at, in heights of the face's box; it shrinks to stay inside the frame. */
            cropHeights: Type.Number({ minimum: 1, maximum: 6 }),
          },
          closed,
        ),
        eye: Type.Object({ ...network, outputs: output('logits'), threshold: Threshold }, closed),
        pose: Type.Object({ ...network, outputs: output('yaw', 'pitch', 'roll') }, closed),
      },
      closed,
    ),
  },
  closed,
);

const FootageList = Type.Object(
  {
    version: Type.Literal(1),
    sources: Type.Record(Type.String(), Source),
    files: Type.Array(PinnedFile),
  },
  closed,
);

/** Where a tarball comes from and what it must hash to. */
export type Source = Type.Static<typeof Source>;
/** A file that is known by its hash. */
export type PinnedFile = Type.Static<typeof PinnedFile>;
/** How pixels become a network's input. */
export type NetworkInput = Type.Static<typeof Input>;
/** The networks, where they come from, and what they want. */
export type Manifest = Type.Static<typeof Manifest>;
export type NetworkKind = keyof Manifest['networks'];
export type FootageList = Type.Static<typeof FootageList>;

/**
 * Reads and checks a manifest of networks.
 * @throws Error that names the file and the first place that is wrong.
 */
export function readManifest(file: string): Manifest {
  const manifest = readJson(file, Manifest);
  for (const [kind, { input }] of Object.entries(manifest.networks)) {
    const planes = input.channels === 'grey' ? 1 : 3;
    if (input.mean.length !== planes || input.std.length !== planes) {
      throw new Error(`${file}: networks.${kind}.input needs ${planes} numbers in mean and in std`);
    }
  }
  return manifest;
}

/** Reads and checks the list of test footage; throws as `readManifest`. */
export function readFootageList(file: string): FootageList {
  return readJson(file, FootageList);
}

function readJson<T extends Type.TSchema>(file: string, schema: T): Type.Static<T> {
  const value = parseJson(file);
  if (Value.Check(schema, value)) return value;
  const first = Value.Errors(schema, value)[0];
  throw new Error(
    `${file}: ${first?.instancePath ?? '/'} ${first?.message ?? 'is not a manifest'}. Hold it against models/manifest.json.`,
  );
}

function parseJson(file: string): unknown {
  let text: string;
  try {
    if (statSync(file).size > LIMITS.manifestBytes) {
      throw new RangeError(`it is larger than ${LIMITS.manifestBytes} bytes`);
    }
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`the manifest ${file} cannot be read (${words(error)}). Check its path.`, {
      cause: error,
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`the manifest ${file} is no JSON: ${words(error)}. Mend it at that place.`, {
      cause: error,
    });
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
