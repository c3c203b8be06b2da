import Type, { type Static } from 'typebox';

/** GET /healthz of every process: each part's state and since when. 200 when all are `up`, else 503. */
export const PartHealth = Type.Object({
  name: Type.String(),
  state: Type.Union([Type.Literal('up'), Type.Literal('down'), Type.Literal('unknown')]),
  since: Type.String(),
  detail: Type.Optional(Type.String()),
});
export type PartHealth = Static<typeof PartHealth>;

export const Health = Type.Object({ parts: Type.Array(PartHealth) });
export type Health = Static<typeof Health>;
