import type { MediaPath } from './meeting-paths.ts';

/** Packets of voices, over all connections of a page that stand. */
export interface VoicePackets {
  readonly sent: number;
  readonly received: number;
}

/** What the pages of a village behind a relay, and of its chair, came to. */
export interface RelayPages {
  /** Of the village's page: the ways of its media. */
  readonly villagePaths: readonly MediaPath[];
  /** Frames of the other one that were decoded, once both pages had gone in. */
  readonly seen: { readonly byVillage: number; readonly byChair: number };
  /** Voices that were sent and came while that was waited for; and the loudest of each, 0 … 1. */
  readonly voices: { readonly village: VoicePackets; readonly chair: VoicePackets };
  readonly loudest: { readonly atVillage: number; readonly atChair: number };
  /** From the kill -9 of the relay until both pages decode again, without a touch; seconds. */
  readonly backAfterKillS: number;
  /** While the relay is away: what the village's page says, by language, and after how many seconds. */
  readonly away: readonly AwayWords[];
  /** From the relay's start after that. */
  readonly backAfterAwayS: number;
  /** The village in the list of attendance, once the meeting was ended. */
  readonly attendance: {
    readonly presentMs: number;
    readonly rejoins: number;
    /** While both saw each other; and from the call to the end, less the time without the relay. */
    readonly leastMs: number;
    readonly mostMs: number;
  };
}

export interface AwayWords {
  readonly language: string;
  readonly afterS: number;
  readonly words: string;
  /** Pictures that are shown as moving ones. */
  readonly videos: number;
}
