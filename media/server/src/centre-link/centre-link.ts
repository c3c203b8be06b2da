import {
  EraseFiles,
  refuse,
  RoomOrder,
  type FilesErased,
  type LinkAnswer,
  type MediaHealth,
  type Refusal,
  type SeatedChair,
} from '@sightline/contracts';
import type { Logger } from 'pino';
import { io, type Socket } from 'socket.io-client';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { limits } from '#limits.ts';
import type { Journal } from './journal.ts';
import { Outgoing, type Up } from './outgoing.ts';
import { tellChairs } from './tell-chairs.ts';

export interface CentreLinkConfig {
  readonly centreUrl: string;
  readonly secret: string;
}

export interface CentreLinkDeps {
  readonly log: Logger;
  readonly journal: Journal;
  readonly onRooms: (orders: readonly RoomOrder[]) => void;
  readonly onRoom: (order: RoomOrder) => void;
  readonly onClosed: (meetingId: string) => void;
  readonly onErase: (files: EraseFiles) => Promise<FilesErased>;
  readonly onState: (isUp: boolean) => void;
  /** Who sits in the rooms now. */
  readonly chairs: () => readonly SeatedChair[];
}

const ordersCheck = Compile(Type.Array(RoomOrder, { maxItems: 1_000 }));
const orderCheck = Compile(RoomOrder);
const eraseCheck = Compile(EraseFiles);

/** The one link to the centre: it tells how rooms should be, and is told what happened in them. */
export class CentreLink implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #outgoing: Outgoing;
  readonly #log: Logger;
  readonly #journal: Journal;
  #health: MediaHealth | null = null;
  /** While it stands. */
  #chairs: Disposable | null = null;
  #isUp = false;
  #isClosed = false;

  private constructor(socket: Socket, { log, journal }: CentreLinkDeps) {
    this.#socket = socket;
    this.#log = log;
    this.#journal = journal;
    this.#outgoing = new Outgoing(
      (event, payload) => this.#say(event, payload),
      log,
      (up) => journal.done(up),
    );
    for (const up of journal.left) this.#outgoing.put(up);
  }

  /** Makes the link; nothing is heard before `connect`. */
  static open({ centreUrl, secret }: CentreLinkConfig, deps: CentreLinkDeps): CentreLink {
    const socket = io(`${centreUrl}/media`, {
      transports: ['websocket'],
      auth: { secret },
      autoConnect: false,
      forceNew: true,
      reconnectionDelay: limits.link.retry.firstMs,
      reconnectionDelayMax: limits.link.retry.lastMs,
      randomizationFactor: 0.5,
      timeout: limits.link.answerMs,
    });
    const link = new CentreLink(socket, deps);
    link.#listen(deps);
    return link;
  }

  /** From now on it stands, or is tried again with growing pauses. */
  connect(): void {
    this.#socket.connect();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** How much waits for the centre's acknowledgement. */
  get waiting(): number {
    return this.#outgoing.waiting;
  }

  /** Tells it, again until it was acknowledged; after a restart too, but for segments, which the recorder tells anew. */
  readonly put = (up: Up): void => {
    // Where the disk takes nothing it is told all the same; the journal has logged it.
    if (up.event !== 'segments') this.#journal.keep(up).catch(() => undefined);
    this.#outgoing.put(up);
  };

  /** As `put`, for what a page is told that it stands: null = it lies on disk. */
  readonly keep = async (up: Up): Promise<Refusal | null> => {
    if (!this.#outgoing.hasPlace) return notKept('too much waits for the centre');
    try {
      await this.#journal.keep(up);
    } catch {
      return notKept('the disk takes nothing');
    }
    this.#outgoing.put(up);
    return null;
  };

  /** Said on each change, and at each beginning of the link. */
  tellHealth(health: MediaHealth): void {
    if (JSON.stringify(health) === JSON.stringify(this.#health)) return;
    this.#health = health;
    if (this.#isUp) void this.#say('health', health);
  }

  /** Waits a moment for what was not acknowledged yet. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isUp) await this.#outgoing.settled(limits.link.lastWordsMs);
    this.#isClosed = true;
    this.#chairs?.[Symbol.dispose]();
    this.#outgoing[Symbol.dispose]();
    this.#socket.close();
  }

  #listen({ onRooms, onRoom, onClosed, onErase, onState, chairs }: CentreLinkDeps): void {
    const socket = this.#socket;
    onState(false);
    socket.on('connect', () => {
      this.#isUp = true;
      onState(true);
      this.#log.info('The link to the centre stands.');
      const say = (seated: readonly SeatedChair[]) => this.#say('chairs', seated);
      this.#chairs?.[Symbol.dispose]();
      this.#chairs = tellChairs({ seated: chairs, say });
      if (this.#health !== null) void this.#say('health', this.#health);
      this.#outgoing.open();
    });
    socket.on('disconnect', (reason) => {
      this.#isUp = false;
      onState(false);
      this.#chairs?.[Symbol.dispose]();
      this.#outgoing.pause();
      this.#log.warn({ reason }, 'The link to the centre broke.');
      // Sent away (another media server came, the centre restarts): it is tried again like any loss.
      if (reason === 'io server disconnect') this.#comeBack();
    });
    let lastFault = '';
    socket.on('connect_error', (error) => {
      if (error.message !== lastFault) this.#log.warn({ fault: error.message }, 'No centre yet.');
      lastFault = error.message;
      // Refused by the centre itself: the library does not come again by itself.
      if (!socket.active) this.#comeBack();
    });
    socket.on('rooms', (orders: unknown) => {
      if (ordersCheck.Check(orders)) onRooms(orders);
      else this.#log.error('The rooms as the centre told them are not understood.');
    });
    socket.on('room', (order: unknown) => {
      if (orderCheck.Check(order)) onRoom(order);
      else this.#log.error('A room as the centre told it is not understood.');
    });
    socket.on('closed', (of: unknown) => {
      if (typeof of !== 'object' || of === null || !('meetingId' in of)) return;
      if (typeof of.meetingId === 'string') onClosed(of.meetingId);
    });
    socket.on('erase', (files: unknown, answer: unknown) => {
      if (typeof answer !== 'function') return;
      if (eraseCheck.Check(files)) void onErase(files).then((said) => answer(said));
      else answer({ ok: false, detail: 'What is to be erased is not understood.' });
    });
  }

  #comeBack(): void {
    setTimeout(() => {
      if (!this.#isClosed) this.#socket.connect();
    }, limits.link.retry.firstMs * 2).unref();
  }

  async #say(event: string, payload: unknown): Promise<LinkAnswer | null> {
    try {
      const answer: unknown = await this.#socket
        .timeout(limits.link.answerMs)
        .emitWithAck(event, payload);
      return isAnswer(answer) ? answer : null;
    } catch {
      // No answer in time, or the link broke: said again by whoever waits for it.
      return null;
    }
  }
}

function notKept(why: string): Refusal {
  return refuse('not-kept', `That was not kept: ${why}. Say it again later.`);
}

function isAnswer(value: unknown): value is LinkAnswer {
  return typeof value === 'object' && value !== null && 'ok' in value;
}
