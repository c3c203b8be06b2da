import {
  isRefusal,
  MediaHealth,
  RaisedHand,
  RecordedSegments,
  refuse,
  RoomLine,
  SeatedChairs,
  Shed,
  Spells,
  type LinkAnswer,
  type MediaWords,
  type Refusal,
} from '@sightline/contracts';
import {
  holdMeeting,
  inTransaction,
  noteChairs,
  noteLine,
  noteSegments,
  noteSpells,
  saveHand,
  type Client,
  type Store,
} from '@sightline/store';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { decideHand } from '#domain/meeting/steer-meeting.ts';
import type { MediaState } from './media-state.ts';
import { noteShed } from './note-shed.ts';

export interface WordDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly media: Pick<MediaState, 'noteHealth'>;
  readonly onError: (error: unknown) => void;
}

type Take = (word: unknown) => Promise<LinkAnswer>;

export type MediaEvent = keyof MediaWords;

/** What the media server says, by its event: each is answered when it stands in the database. */
export function wordTakers(deps: WordDeps): Readonly<Record<MediaEvent, Take>> {
  const { now } = deps;
  const change = () => ({ now: now(), actor: 'system:media' });
  return {
    hand: taker(deps, RaisedHand, (client, hand) => takeHand(client, hand, change())),
    line: taker(deps, RoomLine, async (client, line) => {
      await noteLine(client, line);
      return null;
    }),
    spells: taker(deps, Spells, (client, spells) => noteSpells(client, spells, change())),
    segments: taker(deps, RecordedSegments, async (client, segments) => {
      await noteSegments(client, segments, now());
      return null;
    }),
    shed: taker(deps, Shed, (client, shed) => noteShed(client, { shed, now: now() })),
    chairs: taker(deps, SeatedChairs, async (client, chairs) => {
      await noteChairs(client, chairs, now());
      return null;
    }),
    health: async (word) => {
      if (!healthCheck.Check(word)) return malformed;
      deps.media.noteHealth(word);
      return { ok: true };
    },
  };
}

const healthCheck = Compile(MediaHealth);
const malformed = { ok: false, code: 'malformed', detail: 'That is no such word.' } as const;

/** In one transaction; a fault of ours is logged and said to be one, so that the word comes again. */
function taker<T extends TSchema>(
  { store, onError }: WordDeps,
  schema: T,
  take: (client: Client, word: Static<T>) => Promise<Refusal | null>,
): Take {
  const check = Compile(schema);
  return async (word) => {
    if (!check.Check(word)) return malformed;
    try {
      const refusal = await inTransaction(store, async (client) => {
        const refused = await take(client, word);
        if (refused !== null) throw new Refused(refused);
        return null;
      });
      return refusal ?? { ok: true };
    } catch (error) {
      if (error instanceof Refused) {
        const { code, detail } = error.refusal;
        return { ok: false, code, detail };
      }
      onError(error);
      return { ok: false, code: 'failed', detail: 'It could not be stored. Say it again.' };
    }
  };
}

/** Rolls back what was begun; never leaves this file. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

async function takeHand(
  client: Client,
  hand: RaisedHand,
  change: { readonly now: Temporal.Instant; readonly actor: string },
): Promise<Refusal | null> {
  const held = await holdMeeting(client, hand.meetingId);
  if (held === null) return refuse('no-such-meeting', 'There is no such meeting.');
  const decided = decideHand(held, hand);
  if (decided === null || isRefusal(decided)) return decided;
  return saveHand(client, { held, control: decided.control, hand }, change);
}
