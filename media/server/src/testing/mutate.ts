/** Numbers in [0, 1), the same for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const rubbish: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'x'.repeat(3_000),
  '\u0000\uD800',
  [],
  {},
  [[[[[]]]]],
  { __proto__: null, constructor: 1, toString: 2 },
  Buffer.alloc(100, 0xff),
  Array.from({ length: 500 }, (_, at) => at),
];

/** A request spoilt in one to three places, or left as it is; the same for the same numbers. */
export function mutate(value: unknown, random: () => number): unknown {
  if (random() < 0.1) return pick(rubbish, random);
  let spoilt = structuredClone(value);
  for (let n = Math.floor(random() * 4); n > 0; n -= 1) spoilt = spoil(spoilt, random);
  return spoilt;
}

function spoil(value: unknown, random: () => number): unknown {
  if (random() < 0.25) return pick(rubbish, random);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value))
    return pick(rubbish, random);
  // A copy of whatever it is; its keys are looked up below.
  const copy = structuredClone(value) as Record<string, unknown>;
  const key = pick(Object.keys(copy), random);
  if (key === undefined || random() < 0.15) copy[`extra${Math.floor(random() * 9)}`] = 1;
  else if (random() < 0.2) delete copy[key];
  else copy[key] = spoil(copy[key], random);
  return copy;
}

function pick<T>(from: readonly T[], random: () => number): T | undefined {
  return from[Math.floor(random() * from.length)];
}
