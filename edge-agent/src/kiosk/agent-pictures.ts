import type { WebSocket } from '@fastify/websocket';
import type { RgbFrame } from '@sightline/models';
import { cameraLimits } from '#camera/limits.ts';
import { shrink } from '#camera/shrink.ts';
import { encodeFrame } from '#domain/frame-codec.ts';
import { fullPace, takeFrame, type FramePace } from '#domain/frame-pace.ts';
import { mostPicturesPerS } from '#domain/meeting-picture.ts';

/** What may be seen of the agent's camera now: a face session's preview, a meeting's picture. */
export interface PictureRules {
  readonly isSession: boolean;
  readonly isMeeting: boolean;
}

/** Pictures of the agent's own camera on their way to the pages. */
export interface AgentPictures {
  /** A page wants so many a second for a meeting; 0 = none. */
  want(socket: WebSocket, perS: number): void;
  /** It has dealt with the one it was sent last: one more may be on its way. */
  seen(socket: WebSocket): void;
  leave(socket: WebSocket): void;
  /** Whether a page wants any for a meeting. */
  isWanted(): boolean;
  /** One more frame: whole to a page in a meeting where it is due, small to the others during a session. */
  send(frame: RgbFrame, sockets: Iterable<WebSocket>, rules: PictureRules): void;
}

interface Wish {
  readonly perS: number;
  readonly pace: FramePace;
}

/** A camera is never quite even: a picture that comes a little early is not lost. */
const burst = 2;

export function createAgentPictures(): AgentPictures {
  const wishes = new Map<WebSocket, Wish>();
  /** Pages that still have a picture to deal with: a slow one misses some, and none ever queue. */
  const busy = new Set<WebSocket>();
  let counter = 0;

  /** Whether a page in a meeting gets this one; null = it is in none. */
  function isDue(socket: WebSocket): boolean | null {
    const wish = wishes.get(socket);
    if (wish === undefined) return null;
    if (wish.perS >= mostPicturesPerS) return true;
    const { pace, passes } = takeFrame(
      wish.pace,
      { framesPerS: wish.perS, burst },
      performance.now(),
    );
    wishes.set(socket, { ...wish, pace });
    return passes;
  }

  return {
    want(socket, perS) {
      if (perS === 0) wishes.delete(socket);
      else {
        const pace = fullPace({ framesPerS: perS, burst }, performance.now());
        wishes.set(socket, { perS, pace });
      }
    },
    seen: (socket) => void busy.delete(socket),
    leave(socket) {
      wishes.delete(socket);
      busy.delete(socket);
    },
    isWanted: () => wishes.size > 0,
    send(frame, sockets, { isSession, isMeeting }) {
      if (!isSession && !isMeeting) return;
      counter += 1;
      const whole = once(() => encodeFrame({ ...frame, counter }));
      const small = once(() =>
        encodeFrame({ ...shrink(frame, cameraLimits.previewWidthPx), counter }),
      );
      for (const socket of sockets) {
        if (busy.has(socket)) continue;
        const due = isMeeting ? isDue(socket) : null;
        if (due !== true && !isSession) continue;
        busy.add(socket);
        socket.send(due === null ? small() : whole());
      }
    },
  };
}

/** Made when it is first needed. */
function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | null = null;
  return () => (made ??= { it: make() }).it;
}
