import {
  isRefusal,
  refuse,
  type MediaSource,
  type PictureSource,
  type Refusal,
  type SeatLink,
  type Tier,
} from '@sightline/contracts';
import type { Producer, Transport } from 'mediasoup-client/types';
import type { SendState } from '#meeting-client.ts';
import {
  isCarried,
  layersOf,
  planOf,
  planOfScreen,
  voiceOptions,
  type EncodingPlan,
  type SendLayer,
} from '#send-plan.ts';
import type { Ask } from '#signal-link.ts';
import { YieldUp } from '#yield-up.ts';

interface Wanted {
  readonly track: MediaStreamTrack;
  /** By the page itself, or stopped by the server. */
  readonly hold: 'none' | 'paused' | 'stopped';
}

/** Where things are sent now: one entry into the room. */
export interface SendPath {
  readonly transport: Transport;
  readonly ask: Ask;
}

interface Sent {
  readonly producer: Producer;
  readonly layers: readonly SendLayer[];
}

/** What this page sends, kept over every loss: what is wanted, and the producers of the present entry. */
export class Sender {
  readonly #wanted = new Map<MediaSource, Wanted>();
  readonly #sent = new Map<MediaSource, Sent>();
  readonly #onState: (source: MediaSource, state: SendState) => void;
  readonly #onProblem: (problem: Refusal) => void;
  readonly #onNoAnswer: () => void;
  #path: SendPath | null = null;
  /** What the server lets this page send, and what the page lets itself send. */
  #told: Tier = 'video-300';
  readonly #yield = new YieldUp();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(on: {
    readonly state: (source: MediaSource, state: SendState) => void;
    /** What failed here; a no of the server is an answer, not a problem. */
    readonly problem: (problem: Refusal) => void;
    /** The server left a sending unanswered: this entry is not to be trusted. */
    readonly noAnswer: () => void;
  }) {
    this.#onState = on.state;
    this.#onProblem = on.problem;
    this.#onNoAnswer = on.noAnswer;
  }

  /** The room was entered: what is wanted is sent again. */
  async begin(path: SendPath): Promise<void> {
    this.#path = path;
    await this.#inTurn(async () => {
      for (const [source, { hold }] of this.#wanted) {
        if (hold === 'none') await this.#produce(source);
      }
      return null;
    });
  }

  /** The entry is over; its transport closed the producers. The link is the same: what it carried stands. */
  end(): void {
    this.#path = null;
    this.#sent.clear();
  }

  /** What goes out now. */
  get up(): Tier {
    return this.#yield.under(this.#told);
  }

  send(
    source: MediaSource,
    track: MediaStreamTrack | null,
    begins: 'on' | 'paused' = 'on',
  ): Promise<Refusal | null> {
    return this.#inTurn(async () => {
      if (track === null) {
        this.#wanted.delete(source);
        await this.#close(source);
        return null;
      }
      const hold = this.#wanted.get(source)?.hold ?? (begins === 'on' ? 'none' : 'paused');
      this.#wanted.set(source, { track, hold });
      this.#tell(source);
      const sent = this.#sent.get(source);
      if (sent !== undefined) {
        await sent.producer.replaceTrack({ track });
        return null;
      }
      return hold === 'none' ? this.#produce(source) : null;
    });
  }

  setPaused(source: MediaSource, isPaused: boolean): Promise<Refusal | null> {
    // Silence comes before its turn: what was asked to stop stops now.
    if (isPaused) this.#sent.get(source)?.producer.pause();
    return this.#inTurn(async () => {
      const wanted = this.#wanted.get(source);
      if (wanted === undefined) return refuse('nothing-sent', `There is no ${source} to send.`);
      if (isPaused) return this.#pause(source, wanted);
      this.#wanted.set(source, { ...wanted, hold: 'none' });
      if (!this.#sent.has(source)) return this.#produce(source);
      const refusal = await this.#askPause(source, false);
      if (refusal !== null) this.#hold(source, 'stopped');
      else this.#apply(source);
      this.#tell(source);
      return refusal;
    });
  }

  /** The server stopped it: it stays so until the person starts it again. */
  stopped(source: MediaSource): void {
    this.#sent.get(source)?.producer.pause();
    this.#hold(source, 'stopped');
    this.#tell(source);
  }

  /** The tier of this direction changed. */
  obey({ up }: SeatLink): void {
    this.#change(() => (this.#told = up));
  }

  /** The server is not heard: a step less goes out, without waiting for its word. */
  yield(): void {
    this.#change(() => this.#yield.late(this.#told));
  }

  /** An answer came in its time. */
  trust(): void {
    this.#change(() => this.#yield.inTime());
  }

  /** A picture for a still, where the person has not paused it. */
  pictureTrack(source: PictureSource): MediaStreamTrack | null {
    const wanted = this.#wanted.get(source);
    if (wanted === undefined || wanted.hold !== 'none') return null;
    return wanted.track.readyState === 'live' ? wanted.track : null;
  }

  #change(change: () => void): void {
    const before = this.up;
    change();
    if (this.up === before) return;
    for (const source of this.#sent.keys()) this.#apply(source);
  }

  async #produce(source: MediaSource): Promise<Refusal | null> {
    const path = this.#path;
    const wanted = this.#wanted.get(source);
    if (path === null || wanted === undefined) return null; // It is sent when the room is entered.
    try {
      const layers = source === 'camera' ? layersOf(wanted.track.getSettings().width ?? 0) : [];
      const producer = await path.transport.produce({
        track: wanted.track,
        stopTracks: false,
        disableTrackOnPause: false,
        zeroRtpOnPause: true,
        ...formOf(source, layers),
        appData: { source },
      });
      if (this.#path !== path) {
        producer.close();
        return null;
      }
      this.#sent.set(source, { producer, layers });
      producer.on('trackended', () => void this.send(source, null));
      this.#apply(source);
      this.#tell(source);
      return null;
    } catch (fault) {
      // The entry ended meanwhile: it is sent with the next one.
      return this.#path === path ? this.#notSent(source, fault) : null;
    }
  }

  #notSent(source: MediaSource, fault: unknown): Refusal {
    const refusal = refusalIn(fault);
    if (refusal.code === 'no-answer') {
      // Nobody said no: what is wanted stays wanted, and is sent with the next entry.
      this.#onNoAnswer();
      return refusal;
    }
    // What failed here is no word of the chair's: it waits for the person, like a pause of their own.
    const isRefused = fault instanceof RefusedError;
    this.#hold(source, isRefused ? 'stopped' : 'paused');
    this.#tell(source);
    if (!isRefused) this.#onProblem(refusal);
    return refusal;
  }

  async #pause(source: MediaSource, wanted: Wanted): Promise<Refusal | null> {
    this.#wanted.set(source, { ...wanted, hold: 'paused' });
    this.#tell(source);
    return this.#sent.has(source) ? this.#askPause(source, true) : null;
  }

  async #askPause(source: MediaSource, isPaused: boolean): Promise<Refusal | null> {
    const answer = await this.#path?.ask('pause', { source, isPaused });
    return isRefusal(answer) ? answer : null;
  }

  async #close(source: MediaSource): Promise<void> {
    const sent = this.#sent.get(source);
    this.#sent.delete(source);
    this.#onState(source, 'off');
    if (sent === undefined) return;
    sent.producer.close();
    await this.#path?.ask('close', { source });
  }

  #hold(source: MediaSource, hold: Wanted['hold']): void {
    const wanted = this.#wanted.get(source);
    if (wanted !== undefined) this.#wanted.set(source, { ...wanted, hold });
  }

  #tell(source: MediaSource): void {
    const wanted = this.#wanted.get(source);
    if (wanted === undefined) this.#onState(source, 'off');
    else this.#onState(source, wanted.hold === 'none' ? 'on' : wanted.hold);
  }

  /** Makes a producer agree with what is wanted and what the tier carries. */
  #apply(source: MediaSource): void {
    const sent = this.#sent.get(source);
    if (sent === undefined || sent.producer.closed) return;
    const isOn = this.#wanted.get(source)?.hold === 'none' && isCarried(source, this.up);
    if (!isOn) {
      sent.producer.pause();
      return;
    }
    sent.producer.resume();
    if (source === 'camera') void setEncodings(sent.producer, planOf(sent.layers, this.up));
    if (source === 'screen') void setEncodings(sent.producer, planOfScreen(this.up));
  }

  /** One thing after the other; a fault of one is its answer, and stops none after it. */
  #inTurn(work: () => Promise<Refusal | null>): Promise<Refusal | null> {
    const done = this.#turn.then(work).catch(refusalIn);
    this.#turn = done;
    return done;
  }
}

function formOf(source: MediaSource, layers: readonly SendLayer[]) {
  if (source === 'microphone' || source === 'interpreter') return { codecOptions: voiceOptions };
  const codecOptions = { videoGoogleStartBitrate: 200 };
  if (source === 'screen') return { codecOptions, encodings: [...planOfScreen('video-300')] };
  return { codecOptions, encodings: layers.map((layer) => ({ ...layer })) };
}

async function setEncodings(producer: Producer, plan: readonly EncodingPlan[]): Promise<void> {
  const sender = producer.rtpSender;
  if (sender === undefined) return;
  const parameters = sender.getParameters();
  parameters.encodings.forEach((encoding, at) => Object.assign(encoding, plan[at]));
  // Refused while the sender is being closed or changed: the next word of the tier sets it again.
  await sender.setParameters(parameters).catch(() => undefined);
}

/** A refusal that travelled through mediasoup's callbacks as an error, or what failed. */
export class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

function refusalIn(fault: unknown): Refusal {
  if (fault instanceof RefusedError) return fault.refusal;
  return refuse('send-failed', fault instanceof Error ? fault.message : String(fault));
}
