import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import {
  isRefusal,
  refuse,
  signallingLimits,
  signalRequests,
  type Refusal,
  type SignalName,
  type SignalRequest,
} from '@sightline/contracts';
import type { Logger } from 'pino';
import { Server, type Socket } from 'socket.io';
import type { MediaConfig } from '#config.ts';
import { isLoopbackAddress } from '#http/loopback.ts';
import { limits } from '#limits.ts';
import type { Tell } from '#rooms/peer.ts';
import type { Rooms } from '#rooms/rooms.ts';
import { admit } from './admit.ts';
import { cut, Door } from './door.ts';
import { makeHandlers, type HandlerDeps } from './handlers.ts';
import { readRequest } from './read-request.ts';
import type { SeatAllowance } from './seat-allowance.ts';
import type { SeatShed } from './seat-visitors.ts';
import { Visit } from './visit.ts';

export interface SignallingDeps extends HandlerDeps {
  readonly config: Pick<MediaConfig, 'plain'>;
  readonly rooms: Rooms;
  /** Of seat tokens. */
  readonly key: Buffer;
  /** Whether meetings can be held at all. */
  readonly hasWorkers: () => boolean;
  readonly log: Logger;
}

/** Where pages come in: path `/signal`, WebSocket only, with a seat's token. */
export function openSignalling(server: HttpServer, deps: SignallingDeps): Disposable {
  const door = new Door({ ...deps, onShed: (shed) => tellShed(shed, deps) });
  const io = new Server(server, {
    path: '/signal',
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: signallingLimits.messageBytes,
    pingInterval: limits.signal.pingIntervalMs,
    pingTimeout: limits.signal.pingTimeoutMs,
    connectTimeout: limits.signal.handshakeMs,
    allowRequest: ({ socket }, answer) => answer(null, door.mayCome(socket.remoteAddress ?? '')),
  });
  door.watch(io);
  const isFull = () => io.engine.clientsCount > limits.signal.connections;
  io.use(async (socket, next) => {
    const token: unknown = socket.handshake.auth['token'];
    const claims = await admit(token, { ...deps, isFull });
    if (isRefusal(claims)) return next(refused(claims));
    const allowance = door.admit(socket.conn, claims);
    if (isRefusal(allowance)) return next(refused(allowance));
    socket.data.claims = claims;
    socket.data.allowance = allowance;
    return next();
  });
  const handlers = makeHandlers(deps);
  io.on('connection', (socket) => {
    const visit = openVisit(socket, deps);
    dropWhenSlow(socket, deps.log);
    socket.conn.on('packet', () => visit.heard(deps.nowMs()));
    socket.on('disconnect', () => visit.gone());
    answerAll(socket, {
      log: deps.log,
      nowMs: deps.nowMs,
      allowance: visit.allowance,
      handle: (name, request) => handlers[name](visit, request),
    });
  });
  letGoWhenClosed(io);
  return {
    [Symbol.dispose]: () => {
      for (const socket of io.sockets.sockets.values()) cut(socket.conn);
      io.engine.close();
    },
  };
}

/** Told to the centre, for its audit: once, however much more comes. */
function tellShed({ claims, why }: SeatShed, { put, log, now }: SignallingDeps): void {
  const { meetingId, seatId } = claims;
  const shedId = randomUUID();
  log.warn({ meetingId, seatId, why }, 'Pages of a seat send too much; they are kept out.');
  const at = new Date(now()).toISOString();
  put({ event: 'shed', meetingId, key: shedId, word: { shedId, meetingId, seatId, at, why } });
}

/** Connections are refused with a code, and a sentence that says nothing of rooms. */
function refused({ code, detail }: Refusal): Error {
  return Object.assign(new Error(code), { data: { code, detail } });
}

function openVisit(socket: Socket, { config, rooms }: SignallingDeps): Visit {
  const mayBePlain =
    config.plain === 'open' ||
    (config.plain === 'loopback' && isLoopbackAddress(socket.handshake.address));
  const tell: Tell = (event, ...words) => {
    socket.emit(event, ...words);
    if (event === 'over') socket.disconnect(true);
  };
  // Put there by `admit` before anything else is heard of this connection.
  const { claims, allowance } = socket.data as Pick<Visit, 'claims' | 'allowance'>;
  return new Visit({ claims, allowance, tell, mayBePlain }, rooms);
}

interface Answering {
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly allowance: SeatAllowance;
  readonly handle: <Name extends SignalName>(
    name: Name,
    request: SignalRequest<Name>,
  ) => Promise<object>;
}

function answerAll(socket: Socket, { log, nowMs, allowance, handle }: Answering): void {
  const answerOne = async (name: SignalName, value: unknown): Promise<object> => {
    if (!allowance.requests.take(nowMs())) return refuse('too-fast', 'Too many requests a second.');
    if (allowance.inFlight >= signallingLimits.inFlight) {
      return refuse('too-many', 'Too many requests wait.');
    }
    const request = readRequest(name, value);
    if (isRefusal(request)) return request;
    allowance.inFlight += 1;
    try {
      return await handle(name, request);
    } catch (error) {
      // A worker that died in the middle, a transport that closed: the page is told and tries again.
      log.warn({ err: error, name }, 'A request of a page failed.');
      return refuse('failed', 'That failed; try again.');
    } finally {
      allowance.inFlight -= 1;
    }
  };
  for (const name of namesOf(signalRequests)) {
    socket.on(name, (value: unknown, answer: unknown) => {
      if (typeof answer !== 'function') return;
      void answerOne(name, value).then((reply) => {
        answer(
          isRefusal(reply)
            ? { ok: false, code: reply.code, detail: reply.detail }
            : { ok: true, ...reply },
        );
      });
    });
  }
}

function namesOf(table: typeof signalRequests): readonly SignalName[] {
  // The keys of this very table.
  return Object.keys(table) as SignalName[];
}

/** A page that does not read would have the server remember for it; it may come back and begin anew. */
function dropWhenSlow(socket: Socket, log: Logger): void {
  let waiting = 0;
  socket.conn.on('drain', () => {
    waiting = 0;
  });
  socket.conn.on('packetCreate', () => {
    waiting += 1;
    if (waiting <= limits.signal.packetsWaiting) return;
    log.warn('A page reads too slowly; it is dropped.');
    cut(socket.conn);
  });
}

/** Who is told to go, or never said who they are, is let go of at once, not after their farewell. */
function letGoWhenClosed(io: Server): void {
  io.engine.on('connection', (conn: Socket['conn']) => {
    const { socket } = conn.request;
    conn.once('close', () => socket.destroy());
  });
}
