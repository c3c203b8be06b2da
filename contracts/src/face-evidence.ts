import Type, { type Static } from 'typebox';

/** 动作活体. What a living person before the camera is asked to do; left and right are the person's own. */
export const Challenge = Type.Union([
  Type.Literal('blink'),
  Type.Literal('turn-left'),
  Type.Literal('turn-right'),
]);
export type Challenge = Static<typeof Challenge>;

/** How sure a face match was: numbers only, never a template, never an image. */
export const FaceEvidence = Type.Object(
  {
    model: Type.String({ maxLength: 64 }),
    similarity: Type.Number({ minimum: -1, maximum: 1 }),
    margin: Type.Number({ minimum: -2, maximum: 2 }),
    threshold: Type.Number({ minimum: -1, maximum: 1 }),
    frames: Type.Integer({ minimum: 1, maximum: 64 }),
    /** Lowest passive liveness of the frames that agreed (活体检测, ISO/IEC 30107-3). */
    liveness: Type.Number({ minimum: 0, maximum: 1 }),
    challenge: Challenge,
    /** The camera played recorded sample footage: nobody stood there. */
    sampleCamera: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
);
export type FaceEvidence = Static<typeof FaceEvidence>;
