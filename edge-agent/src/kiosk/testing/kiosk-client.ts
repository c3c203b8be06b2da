import { once } from 'node:events';
import type { KioskMessage, KioskResult, KioskState } from '@sightline/contracts';
import { encodeFrame, type KioskFrame } from '#domain/frame-codec.ts';

export interface Answer {
  readonly status: number;
  readonly body: { readonly [key: string]: unknown };
}

/** A kiosk page without a browser: its session, its requests and its socket. */
export interface KioskClient {
  readonly origin: string;
  readonly cookie: string;
  get(path: string): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
  state(): Promise<KioskState>;
  connect(): Promise<KioskSocket>;
}

/** Opens a session by the link that the kiosk printed. */
export async function openKioskClient(url: string): Promise<KioskClient> {
  const { origin, hash } = new URL(url);
  const token = hash.replace('#token=', '');
  const headers = { origin, 'content-type': 'application/json' };
  const body = JSON.stringify({ token });
  const reply = await fetch(`${origin}/api/session`, { method: 'POST', headers, body });
  const cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? '';
  const get = async (path: string): Promise<Answer> =>
    answerOf(await fetch(origin + path, { headers: { cookie } }));
  return {
    origin,
    cookie,
    get,
    async post(path, content) {
      const options = { method: 'POST', headers: { ...headers, cookie } };
      return answerOf(await fetch(origin + path, { ...options, body: JSON.stringify(content) }));
    },
    // The kiosk's own answer: its shape is the contract under test elsewhere.
    state: async () => (await get('/api/state')).body as unknown as KioskState,
    connect: () => connect(origin, cookie),
  };
}

/** Node's WebSocket takes headers, as a browser's never would; the DOM's types do not know. */
function openSocket(url: string, headers: Readonly<Record<string, string>>): WebSocket {
  const options = { headers } as unknown as string[];
  return new WebSocket(url, options);
}

async function answerOf(reply: Response): Promise<Answer> {
  const text = await reply.text();
  // Test code: every answer of the kiosk is a JSON object.
  return { status: reply.status, body: JSON.parse(text) as Answer['body'] };
}

export interface KioskSocket extends AsyncDisposable {
  readonly socket: WebSocket;
  readonly messages: KioskMessage[];
  readonly previews: Uint8Array[];
  /** The code with which the connection ended. */
  closed(): Promise<number>;
  sendFrame(frame: KioskFrame): void;
  cameraIs(state: string): void;
  wantPictures(perS: number): void;
  /** From now on no picture is said to be seen. */
  beSlow(): void;
  /** The first result after now; rejects when none comes in time. */
  nextResult(withinMs?: number): Promise<KioskResult>;
}

async function connect(origin: string, cookie: string): Promise<KioskSocket> {
  const socket = openSocket(`${origin.replace('http', 'ws')}/api/kiosk`, { cookie, origin });
  socket.binaryType = 'arraybuffer';
  const messages: KioskMessage[] = [];
  const previews: Uint8Array[] = [];
  let isQuick = true;
  const tell = (message: object): void => socket.send(JSON.stringify(message));
  socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data !== 'string') {
      previews.push(new Uint8Array(data));
      if (isQuick) tell({ kind: 'picture-seen' });
      return;
    }
    // The kiosk's own words: see `contracts/kiosk.ts`.
    messages.push(JSON.parse(data) as KioskMessage);
  });
  let read = 0;
  await once(socket, 'open');
  return {
    socket,
    messages,
    previews,
    sendFrame: (frame) => socket.send(encodeFrame(frame)),
    cameraIs: (state) => tell({ kind: 'camera', state, detail: null }),
    wantPictures: (perS) => tell({ kind: 'pictures', perS }),
    beSlow() {
      isQuick = false;
    },
    async closed() {
      const [event]: CloseEvent[] = await once(socket, 'close');
      return event?.code ?? 0;
    },
    async nextResult(withinMs = 60_000) {
      const signal = AbortSignal.timeout(withinMs);
      for (;;) {
        const next = messages.slice(read).findIndex((message) => message.kind === 'result');
        const found = messages[read + next];
        if (next >= 0 && found?.kind === 'result') {
          read += next + 1;
          return found.result;
        }
        await once(socket, 'message', { signal });
      }
    },
    async [Symbol.asyncDispose]() {
      socket.close();
    },
  };
}
