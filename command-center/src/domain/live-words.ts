import type { LiveFrame, LivePulse } from '@sightline/contracts';

/** Socket.IO events, centre → page. */
export interface ToPage {
  frame: (frame: LiveFrame) => void;
  pulse: (pulse: LivePulse) => void;
}

/** Socket.IO events, page → centre. A page watches one region; watching another leaves the first. */
export interface ToCentre {
  watch: (region: unknown, answer: (answer: WatchAnswer) => void) => void;
}

/** `detail`: an English sentence saying what to do. */
export type WatchAnswer =
  | { readonly ok: true; readonly region: string }
  | { readonly ok: false; readonly code: string; readonly detail: string };
