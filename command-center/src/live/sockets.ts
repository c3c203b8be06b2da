import type { IncomingHttpHeaders, Server as HttpServer } from 'node:http';
import { isRegion } from '@sightline/contracts';
import { Server, type Socket } from 'socket.io';
import { refuseAccess, refuseRole, type Viewer } from '#domain/access.ts';
import type { ToCentre, ToPage, WatchAnswer } from '#domain/live-words.ts';
import { liveLimits } from './limits.ts';

type None = Record<string, never>;
type Io = Server<ToCentre, ToPage, None, { viewer: Viewer }>;
type Page = Socket<ToCentre, ToPage, None, { viewer: Viewer }>;

export interface SocketDeps {
  readonly readViewer: (cookieHeader: string | undefined) => Promise<Viewer | null>;
  readonly isKnownPage: (headers: IncomingHttpHeaders) => boolean;
  /** A page began to watch: it is told at once what is true. */
  readonly onWatch: (region: string, emit: Emit) => void;
  readonly onDropped: (reason: string) => void;
}

export type Emit = <E extends keyof ToPage>(event: E, ...payload: Parameters<ToPage[E]>) => void;

/** The pages that watch, by region. */
export interface Sockets extends Disposable {
  /** Regions somebody watches now. */
  readonly occupied: () => readonly string[];
  emitTo(region: string): Emit;
  /** Reads every page's right again and drops those that lost it. */
  review(): Promise<void>;
}

const roomPrefix = 'region:';

/** Socket.IO on the HTTP server: known pages with a cookie only, WebSocket only, small messages only. */
export function openSockets(server: HttpServer, deps: SocketDeps): Sockets {
  const io: Io = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: liveLimits.bytesPerMessage,
    pingInterval: liveLimits.pingIntervalMs,
    pingTimeout: liveLimits.pingTimeoutMs,
    connectTimeout: liveLimits.handshakeMs,
    allowRequest: (request, answer) => {
      const isFull = io.engine.clientsCount >= liveLimits.connections;
      answer(null, !isFull && deps.isKnownPage(request.headers));
    },
  });
  io.use(async (page, next) => {
    const viewer = await deps.readViewer(page.handshake.headers.cookie).catch(() => undefined);
    if (viewer === undefined) return next(new Error('unavailable'));
    if (viewer === null) return next(new Error('not-signed-in'));
    page.data.viewer = viewer;
    return next();
  });
  letGoWhenClosed(io);
  io.on('connection', (page) => {
    dropWhenSlow(page, deps.onDropped);
    dropWhenFlooding(page, deps.onDropped);
    page.on('watch', (region, answer) => {
      if (typeof answer === 'function') answer(watch(page, region, deps.onWatch));
    });
  });
  return {
    occupied: () => [...occupiedRooms(io)],
    emitTo: (region) => {
      const room = io.to(roomPrefix + region);
      return (event, ...payload) => room.emit(event, ...payload);
    },
    review: () => review(io, deps),
    [Symbol.dispose]: () => {
      for (const page of io.sockets.sockets.values()) cut(page);
      io.engine.close();
    },
  };
}

function watch(page: Page, region: unknown, onWatch: SocketDeps['onWatch']): WatchAnswer {
  if (typeof region !== 'string' || !isRegion(region)) {
    return { ok: false, code: 'malformed', detail: 'A region code is expected.' };
  }
  const refusal = refuseAccess(page.data.viewer, 'see-live', region);
  if (refusal !== null) return { ok: false, code: refusal.code, detail: refusal.detail };
  for (const room of page.rooms) {
    if (room.startsWith(roomPrefix)) void page.leave(room);
  }
  void page.join(roomPrefix + region);
  onWatch(region, (event, ...payload) => page.emit(event, ...payload));
  return { ok: true, region };
}

function* occupiedRooms(io: Io): Generator<string> {
  for (const room of io.sockets.adapter.rooms.keys()) {
    if (room.startsWith(roomPrefix)) yield room.slice(roomPrefix.length);
  }
}

/** A page that does not read would have the server remember for it; it may come back and begin anew. */
function dropWhenSlow(page: Page, onDropped: SocketDeps['onDropped']): void {
  let waiting = 0;
  page.conn.on('drain', () => {
    waiting = 0;
  });
  page.conn.on('packetCreate', () => {
    waiting += 1;
    if (waiting <= liveLimits.packetsWaiting) return;
    onDropped('The page reads too slowly.');
    cut(page);
  });
}

/** Who is told to go, or never said who they are, is let go of at once, not after their farewell. */
function letGoWhenClosed(io: Io): void {
  io.engine.on('connection', (conn: Page['conn']) => {
    const { socket } = conn.request;
    conn.once('close', () => socket.destroy());
  });
}

/** Whatever a page sends is counted, also what nobody listens for. */
function dropWhenFlooding(page: Page, onDropped: SocketDeps['onDropped']): void {
  let heard = 0;
  let spanEndsMs = 0;
  page.conn.on('packet', () => {
    const nowMs = performance.now();
    if (nowMs >= spanEndsMs) {
      heard = 0;
      spanEndsMs = nowMs + liveLimits.messageSpanMs;
    }
    heard += 1;
    if (heard !== liveLimits.messagesPerSpan + 1) return;
    onDropped('The page sends too much.');
    cut(page);
  });
}

async function review(io: Io, { readViewer, onDropped }: SocketDeps): Promise<void> {
  for (const page of io.sockets.sockets.values()) {
    const viewer = await readViewer(page.handshake.headers.cookie);
    const isStill =
      viewer !== null &&
      viewer.region === page.data.viewer.region &&
      refuseRole(viewer, 'see-live') === null;
    if (isStill) continue;
    onDropped('The right to look has ended.');
    cut(page);
  }
}

/** Ends the connection itself: a page told to go would stay away, a page cut off comes back and asks. */
function cut(page: Page): void {
  page.conn.close(true);
  page.conn.request.socket.destroy();
}
