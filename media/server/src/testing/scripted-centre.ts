import { createServer, type Server as HttpServer } from 'node:http';
import type { EraseFiles, LinkAnswer, RoomOrder, Spell } from '@sightline/contracts';
import { Server } from 'socket.io';

export interface Heard {
  readonly event: string;
  readonly word: unknown;
}

/** A centre that says what a test has it say, over the real link. */
export class ScriptedCentre implements AsyncDisposable {
  readonly secret: string;
  readonly heard: Heard[] = [];
  /** What it answers; a test may have it refuse, or not answer at all. */
  answer: (heard: Heard) => LinkAnswer | null = () => ({ ok: true });
  /** It hangs up, and lets no media server in. */
  #isAway = false;
  readonly #http: HttpServer;
  #io: Server;
  readonly #orders = new Map<string, RoomOrder>();

  private constructor(http: HttpServer, secret: string) {
    this.#http = http;
    this.secret = secret;
    this.#io = this.#open();
  }

  static async open(secret: string): Promise<ScriptedCentre> {
    const http = createServer();
    const { promise, resolve } = Promise.withResolvers<void>();
    http.listen(0, '127.0.0.1', resolve);
    await promise;
    return new ScriptedCentre(http, secret);
  }

  get url(): string {
    const address = this.#http.address();
    // A TCP server's address is an object; only pipes have text.
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return `http://127.0.0.1:${port}`;
  }

  /** Every spell as it was told last. */
  get spells(): readonly Spell[] {
    const all = this.heard
      .filter(({ event }) => event === 'spells')
      // The media server's own words; the link's test checks their shape.
      .flatMap(({ word }) => word as Spell[]);
    return [...new Map(all.map((spell) => [spell.spellId, spell])).values()];
  }

  order(order: RoomOrder): void {
    this.#orders.set(order.control.meetingId, order);
    this.#io.of('/media').emit('room', order);
  }

  end(meetingId: string): void {
    this.#orders.delete(meetingId);
    this.#io.of('/media').emit('closed', { meetingId });
  }

  goAway(): void {
    this.#isAway = true;
    this.hangUp();
  }

  comeBack(): void {
    this.#isAway = false;
  }

  /** Has the media server erase files, as often as it is asked; what it answers. */
  async erase(files: EraseFiles): Promise<unknown> {
    const [answer] = await this.#io.of('/media').timeout(10_000).emitWithAck('erase', files);
    return answer;
  }

  /** Hangs up on the media server; it may come again. */
  hangUp(): void {
    this.#io.of('/media').disconnectSockets(true);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#io.close();
  }

  #open(): Server {
    const io = new Server(this.#http, { transports: ['websocket'], maxHttpBufferSize: 1_000_000 });
    const link = io.of('/media');
    link.use((socket, next) => {
      const isKnown = socket.handshake.auth['secret'] === this.secret && !this.#isAway;
      next(isKnown ? undefined : new Error('bad-secret'));
    });
    link.on('connection', (socket) => {
      socket.emit('rooms', [...this.#orders.values()]);
      socket.onAny((event: string, word: unknown, answer: unknown) => {
        const heard = { event, word };
        this.heard.push(heard);
        const said = this.answer(heard);
        if (typeof answer === 'function' && said !== null) answer(said);
      });
    });
    return io;
  }
}
