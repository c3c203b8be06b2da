import type { MediaSource, Refusal, SeatKeyReply } from '@sightline/contracts';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { change } from '../api/call.ts';
import { useCommand } from '../api/use-command.ts';
import type { MeetingClient, MeetingSnapshot, SlideAccess } from '@sightline/media-client';
import { noMeeting } from '@sightline/media-client/no-meeting';

/** What a page brings into the room; null = it comes without. */
export interface OwnTracks {
  readonly camera: MediaStreamTrack | null;
  readonly microphone: MediaStreamTrack | null;
}

export interface OwnSeat {
  /** null = not in the room. */
  readonly client: MeetingClient | null;
  readonly snapshot: MeetingSnapshot;
  /** For what goes beside the room, such as slides; null = not in the room. */
  readonly access: SlideAccess | null;
  readonly tracks: OwnTracks;
  readonly isJoining: boolean;
  /** Why the room was not entered, or why something was not sent. */
  readonly problem: Error | null;
  readonly refusal: Refusal | null;
  readonly join: (tracks: OwnTracks) => Promise<void>;
  readonly leave: () => void;
  readonly send: (source: MediaSource, track: MediaStreamTrack | null) => Promise<void>;
  readonly setPaused: (source: MediaSource, isPaused: boolean) => Promise<void>;
  readonly say: (text: string) => Promise<boolean>;
  readonly raiseHand: (isUp: boolean) => Promise<void>;
}

const noTracks: OwnTracks = { camera: null, microphone: null };

/** Takes this account's seat: asks for its key, opens the room, and gives all back at the end. */
export function useSeat(meetingId: string, scope: string): OwnSeat {
  const seat = useCommand<SeatKeyReply>([]);
  const [client, setClient] = useState<MeetingClient | null>(null);
  const [access, setAccess] = useState<SlideAccess | null>(null);
  const [tracks, setTracks] = useState(noTracks);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const [isJoining, setJoining] = useState(false);
  const snapshot = useSnapshot(client);
  const url = `/api/meetings/${meetingId}/seat?region=${scope}`;
  useGivenBack(client, tracks);

  async function join(own: OwnTracks): Promise<void> {
    setJoining(true);
    setFault(null);
    try {
      const key = await seat.run({ method: 'POST', url, body: {} });
      if (key === null) return stop(own);
      const { keptChannel, openMeeting } = await import('@sightline/media-client');
      const opened = openMeeting({
        mediaUrl: key.mediaUrl,
        seatToken: key.seatToken,
        channel: keptChannel(sessionStorage, meetingId),
        renewToken: () => askKey(url),
      });
      setTracks(own);
      setAccess(key);
      setClient(opened);
      for (const source of ['microphone', 'camera'] as const) {
        if (own[source] !== null) setRefusal(await opened.send(source, own[source]));
      }
    } catch (error) {
      stop(own);
      setFault(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setJoining(false);
    }
  }

  /** Runs one wish of the page; what the room refuses is shown. */
  async function wish(what: (own: MeetingClient) => Promise<Refusal | null>): Promise<boolean> {
    if (client === null) return false;
    const refused = await what(client);
    setRefusal(refused);
    return refused === null;
  }

  return {
    client,
    snapshot,
    access,
    tracks,
    isJoining,
    problem: fault ?? seat.problem,
    refusal,
    join,
    leave: () => {
      setClient(null);
      setAccess(null);
      setTracks(noTracks);
      setRefusal(null);
    },
    send: async (source, track) => void (await wish((own) => own.send(source, track))),
    setPaused: async (source, isPaused) =>
      void (await wish((own) => own.setPaused(source, isPaused))),
    say: (text) => wish((own) => own.say(text)),
    raiseHand: async (isUp) => void (await wish((own) => own.raiseHand(isUp))),
  };
}

async function askKey(url: string): Promise<string> {
  const key = crypto.randomUUID();
  return (await change<SeatKeyReply>({ method: 'POST', url, body: {}, key })).seatToken;
}

/** The room and the devices are given back when the page goes or leaves. */
function useGivenBack(client: MeetingClient | null, tracks: OwnTracks): void {
  const held = useRef(tracks);
  useEffect(() => {
    held.current = tracks;
  });
  useEffect(() => {
    if (client === null) return undefined;
    return () => {
      stop(held.current);
      void client[Symbol.asyncDispose]();
    };
  }, [client]);
}

export function stop({ camera, microphone }: OwnTracks): void {
  camera?.stop();
  microphone?.stop();
}

function useSnapshot(client: MeetingClient | null): MeetingSnapshot {
  const subscribe = useCallback(
    (listener: () => void) => client?.subscribe(listener) ?? (() => undefined),
    [client],
  );
  return useSyncExternalStore(subscribe, () => client?.snapshot() ?? noMeeting);
}
