import type {
  Guide,
  KioskMessage,
  KioskPageMessage,
  KioskResult,
  KioskState,
} from '@sightline/contracts';
import { followGuide, looking, type SessionStage } from '../camera/session-stage.ts';

/** What the page knows of the agent. */
export interface LinkView {
  /** `closed`: this page has no session. */
  readonly phase: 'connecting' | 'open' | 'lost' | 'closed';
  /** When the agent was lost; epoch milliseconds. */
  readonly lostAtMs: number | null;
  readonly state: KioskState | null;
  /** The agent's clock minus this page's. */
  readonly clockOffsetMs: number;
  readonly guide: {
    readonly word: Guide;
    readonly progress: Progress;
    readonly stage: SessionStage;
  } | null;
}

export type Progress = { readonly frames: number; readonly of: number } | null;

const firstRetryMs = 500;
const lastRetryMs = 5_000;
/** The agent speaks at least every 10 s; silence means that it hangs. */
const silenceMs = 25_000;
const bufferedBytes = 2 * 1024 * 1024;

/** The page's one connection to the agent: opened again for ever, with growing pauses. */
export class KioskLink {
  #view: LinkView = {
    phase: 'connecting',
    lostAtMs: null,
    state: null,
    clockOffsetMs: 0,
    guide: null,
  };
  #socket: WebSocket | null = null;
  #retryMs = firstRetryMs;
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #results = new Set<(result: KioskResult) => void>();
  readonly #pictures = new Set<(message: ArrayBuffer) => void>();
  /** Of the agent's camera, for a meeting. */
  #picturesPerS = 0;

  readonly view = (): LinkView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => join(this.#listeners, listener);

  readonly onResult = (listener: (result: KioskResult) => void): (() => void) =>
    join(this.#results, listener);

  /** Pictures of a camera that the agent owns. */
  readonly onPicture = (listener: (message: ArrayBuffer) => void): (() => void) =>
    join(this.#pictures, listener);

  open(): void {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/api/kiosk`);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.#listenOn(socket);
      if (typeof data === 'string') this.#hear(data);
      else this.#look(data);
    });
    socket.addEventListener('open', () => {
      if (this.#picturesPerS > 0) this.wantPictures(this.#picturesPerS);
    });
    socket.addEventListener('close', () => void this.#lost(socket));
    this.#listenOn(socket);
  }

  /** False when the agent is slow and the frame was left out. */
  sendFrame(message: Uint8Array<ArrayBuffer>): boolean {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount > bufferedBytes)
      return false;
    socket.send(message);
    return true;
  }

  tellCamera(state: 'ready' | 'absent' | 'busy' | 'failed', detail: string | null): void {
    this.#tell({ kind: 'camera', state, detail });
  }

  /** Asks for so many pictures a second of the agent's camera, until asked otherwise; 0 = none. */
  wantPictures(perS: number): void {
    this.#picturesPerS = perS;
    this.#tell({ kind: 'pictures', perS });
  }

  #tell(message: KioskPageMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  forgetGuide(): void {
    this.#show({ guide: null });
  }

  #look(picture: ArrayBuffer): void {
    for (const listener of this.#pictures) listener(picture);
    this.#tell({ kind: 'picture-seen' });
  }

  #hear(text: string): void {
    // The agent's own words, whose shape `contracts/kiosk.ts` fixes.
    const message = JSON.parse(text) as KioskMessage;
    this.#retryMs = firstRetryMs;
    if (message.kind === 'guide') {
      const { guide: word, progress } = message;
      const stage = followGuide(this.#view.guide?.stage ?? looking, word);
      this.#show({ guide: { word, progress, stage } });
    } else if (message.kind === 'result') {
      for (const listener of this.#results) listener(message.result);
    } else {
      const clockOffsetMs = Temporal.Instant.from(message.state.at).epochMilliseconds - Date.now();
      const guide = message.state.session === 'idle' ? null : this.#view.guide;
      this.#show({ phase: 'open', lostAtMs: null, state: message.state, clockOffsetMs, guide });
    }
  }

  async #lost(socket: WebSocket): Promise<void> {
    if (this.#socket !== socket) return;
    this.#socket = null;
    clearTimeout(this.#silence);
    if (await hasNoSession()) {
      this.#show({ phase: 'closed' });
      return;
    }
    const lostAtMs = this.#view.lostAtMs ?? Date.now();
    this.#show({ phase: 'lost', lostAtMs, guide: null });
    setTimeout(() => this.open(), this.#retryMs * (0.75 + Math.random() / 2));
    this.#retryMs = Math.min(this.#retryMs * 2, lastRetryMs);
  }

  #listenOn(socket: WebSocket): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => socket.close(), silenceMs);
  }

  #show(change: Partial<LinkView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}

async function hasNoSession(): Promise<boolean> {
  try {
    const reply = await fetch('/api/state', { signal: AbortSignal.timeout(5_000) });
    return reply.status === 401;
  } catch {
    return false; // The agent is gone, not the session.
  }
}

function join<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
