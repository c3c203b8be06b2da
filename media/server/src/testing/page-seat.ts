import { randomUUID } from 'node:crypto';
import {
  withRoomChange,
  type RoomChange,
  type RoomWords,
  type SignalAnswer,
  type SignalName,
  type SignalWords,
} from '@sightline/contracts';
import { io, type Socket } from 'socket.io-client';
import { eventually } from './eventually.ts';

export interface Told {
  readonly event: keyof SignalWords;
  readonly word: unknown;
}

/** A page's side of the signalling, without a browser: it keeps all it was told. */
export class PageSeat implements Disposable {
  readonly told: Told[] = [];
  readonly socket: Socket;
  readonly visitId = randomUUID();
  /** As `enter` was answered, with every change since. */
  #room: RoomWords | null = null;

  constructor(url: string, token: unknown) {
    this.socket = io(url, {
      path: '/signal',
      auth: { token },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    this.socket.onAny((event: keyof SignalWords, word: unknown) => this.told.push({ event, word }));
    this.socket.on('still', (_: unknown, had?: () => void) => had?.());
    this.socket.on('room', (change: RoomChange) => {
      if (this.#room !== null) this.#room = withRoomChange(this.#room, change);
    });
  }

  /** Resolves with null once it is in, or with the code it was refused with. */
  connected(): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    if (this.socket.connected) resolve(null);
    this.socket.once('connect', () => resolve(null));
    this.socket.once('connect_error', (error) => resolve(error.message));
    return promise;
  }

  async ask<Name extends SignalName>(name: Name, request: unknown): Promise<SignalAnswer<Name>> {
    const { promise, resolve, reject } = Promise.withResolvers<SignalAnswer<Name>>();
    this.socket
      .timeout(10_000)
      .emit(name, request, (fault: Error | null, answer: SignalAnswer<Name>) => {
        // The room stands here before any word that changes it is heard.
        if (fault === null && answer.ok && 'room' in answer) this.#room = answer.room;
        if (fault === null) resolve(answer);
        else reject(fault);
      });
    return promise;
  }

  /** Comes in by plain RTP; throws where it is not let in. */
  async enterPlain(channel: 'floor' | 'zh' | 'bo' = 'floor') {
    const answer = await this.ask('enter', {
      rtpCapabilities: null,
      channel,
      visitId: this.visitId,
    });
    if (!answer.ok) throw new Error(`${answer.code}: ${answer.detail}`);
    return answer;
  }

  words<Event extends keyof SignalWords>(event: Event): Parameters<SignalWords[Event]>[0][] {
    return (
      this.told
        .filter((told) => told.event === event)
        // Kept as it was told.
        .map(({ word }) => word as Parameters<SignalWords[Event]>[0])
    );
  }

  /** Resolves once the room is told so. */
  async sees(is: (room: RoomWords) => boolean, withinMs?: number): Promise<RoomWords> {
    return eventually(
      () => (this.#room !== null && is(this.#room) ? this.#room : undefined),
      withinMs,
    );
  }

  [Symbol.dispose](): void {
    this.socket.disconnect();
  }
}
