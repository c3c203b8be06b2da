import { randomUUID } from 'node:crypto';
import type { RoomWords, SignalAnswer, SignalName, SignalWords } from '@sightline/contracts';
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

  constructor(url: string, token: unknown) {
    this.socket = io(url, {
      path: '/signal',
      auth: { token },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    this.socket.onAny((event: keyof SignalWords, word: unknown) => this.told.push({ event, word }));
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
    // The server's own answer, whose shape `signalling.ts` fixes.
    return (await this.socket.timeout(10_000).emitWithAck(name, request)) as SignalAnswer<Name>;
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
    return eventually(() => {
      const last = this.words('room').at(-1);
      return last !== undefined && is(last) ? last : undefined;
    }, withinMs);
  }

  [Symbol.dispose](): void {
    this.socket.disconnect();
  }
}
