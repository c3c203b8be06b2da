import Type, { type Static } from 'typebox';
import { terminalIdPattern, uuidPattern } from '../fact.ts';
import { SealedText } from '../sealed-text.ts';
import { ShiftKey } from '../shift.ts';
import { handOverLimits } from './hand-over.ts';

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const TerminalId = Type.String({ pattern: terminalIdPattern });

/** 交接常用语: pages say them in every language; the log holds the code. */
export const HandOverSentence = Type.Union([
  Type.Literal('road-closed'),
  Type.Literal('water-rising'),
  Type.Literal('equipment-broken'),
  Type.Literal('visitor-expected'),
  Type.Literal('follow-up-by-phone'),
  Type.Literal('patrol-needed'),
  Type.Literal('keys-handed-over'),
  Type.Literal('nothing-special'),
]);
export type HandOverSentence = Static<typeof HandOverSentence>;

export const HandOverSaid = Type.Array(HandOverSentence, {
  maxItems: handOverLimits.sentences,
  uniqueItems: true,
});

/** 语音留言. The recording itself stays on the terminal; this says that it is there and which one. */
export const HandOverVoice = Type.Object(
  {
    seconds: Type.Integer({ minimum: 1, maximum: handOverLimits.voiceSeconds }),
    /** Of the recording as it was played, hex. */
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  },
  closed,
);
export type HandOverVoice = Static<typeof HandOverVoice>;

/** What is sealed of an item. */
export const HandOverWritten = Type.Object(
  { text: Type.String({ maxLength: handOverLimits.textChars }) },
  closed,
);
export type HandOverWritten = Static<typeof HandOverWritten>;

export const handOverFactData = {
  /** 交班: something for the next shift. `shift` is that of whoever leaves it. */
  'hand-over.left': Type.Object(
    {
      itemId: Uuid,
      terminalId: TerminalId,
      shift: ShiftKey,
      personId: Uuid,
      sentences: HandOverSaid,
      sealed: Type.Optional(SealedText),
      voice: Type.Optional(HandOverVoice),
    },
    closed,
  ),
  /** 接班: somebody of that shift has it. Every shift accepts what is open. */
  'hand-over.accepted': Type.Object(
    { itemId: Uuid, terminalId: TerminalId, personId: Uuid, shift: ShiftKey },
    closed,
  ),
  /** 办结. */
  'hand-over.done': Type.Object({ itemId: Uuid, terminalId: TerminalId, personId: Uuid }, closed),
} as const;
