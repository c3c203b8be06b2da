import { createHash, timingSafeEqual } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { linkMessageBytes, type CentreWords, type LinkAnswer } from '@sightline/contracts';
import { listOpenRooms, readRoomOrders, type Projected, type Store } from '@sightline/store';
import { Server, type Socket } from 'socket.io';
import { openCoalescer } from '#live/coalesce.ts';
import { startLoop } from '#live/loop.ts';
import { retentionLimits } from '#retention/retention-limits.ts';
import { mediaLimits } from './link-limits.ts';
import type { MediaState } from './media-state.ts';
import { shareUpgrades } from './share-upgrades.ts';
import { wordTakers, type MediaEvent } from './take-words.ts';
import { startErasures } from './tell-erasures.ts';

export interface MediaLinkDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly media: MediaState;
  readonly secret: string;
  readonly onError: (error: unknown) => void;
  readonly onNote: (note: string) => void;
}

/** 媒体链路. The one media server: it is told how rooms should be, and tells what happened in them. */
export interface MediaLink extends AsyncDisposable {
  /** Takes what was projected; never throws, never waits. */
  noteProjected(projected: Projected): void;
}

type None = Record<string, never>;
type Heard = Readonly<
  Record<MediaEvent, (word: unknown, answer: (said: LinkAnswer) => void) => void>
>;
type Link = Socket<Heard, CentreWords, None, None>;

export function openMediaLink(server: HttpServer, deps: MediaLinkDeps): MediaLink {
  const io = shareUpgrades(server, () => openServer(server));
  let link: Link | null = null;
  const teller = openTeller(deps, () => link);
  // Nothing but the link is spoken here.
  io.use((_, next) => next(new Error('nothing-here')));
  const door = io.of('/media');
  door.use((socket, next) => {
    if (isSecret(socket.handshake.auth['secret'], deps.secret)) return next();
    deps.onNote('A media server came with another secret than SIGHTLINE_MEDIA_SECRET.');
    return next(new Error('bad-secret'));
  });
  const erasures = startErasures({
    ...deps,
    say: (files) =>
      link === null
        ? Promise.resolve(null)
        : link
            .timeout(retentionLimits.answerMs)
            .emitWithAck('erase', files)
            // No answer in time, or the link broke: it is said again.
            .catch(() => null),
  });
  door.on('connection', (socket) => {
    if (link !== null) deps.onNote('Another media server takes the place of the one before.');
    const former = link;
    link = socket;
    former?.conn.close(true);
    deps.media.noteLink(deps.now());
    dropWhenSlow(socket, deps.onNote);
    takeWords(socket, deps);
    socket.on('disconnect', (reason) => {
      if (link !== socket) return;
      link = null;
      deps.media.noteLink(null);
      deps.onNote(`The link to the media server broke: ${reason}.`);
    });
    teller.beginAnew();
    erasures.wake();
  });
  const compare = startLoop({
    everyMs: mediaLimits.compareMs,
    onError: deps.onError,
    work: async () => teller.lookAgain(),
  });
  return {
    noteProjected: ({ entries }) => {
      if (entries.some(({ fact }) => fact.type.startsWith('meeting.'))) teller.lookAgain();
    },
    async [Symbol.asyncDispose]() {
      await erasures[Symbol.asyncDispose]();
      await compare[Symbol.asyncDispose]();
      await teller[Symbol.asyncDispose]();
      for (const socket of door.sockets.values()) socket.conn.close(true);
      io.engine.close();
    },
  };
}

function openServer(server: HttpServer): Server<Heard, CentreWords, None, None> {
  const io: Server<Heard, CentreWords, None, None> = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: linkMessageBytes,
    pingInterval: mediaLimits.pingIntervalMs,
    pingTimeout: mediaLimits.pingTimeoutMs,
    connectTimeout: mediaLimits.handshakeMs,
    allowRequest: (_, answer) => answer(null, io.engine.clientsCount < mediaLimits.connections),
  });
  return io;
}

/** Compared over digests, so that neither content nor length tells in how long it takes. */
function isSecret(given: unknown, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
}

function takeWords(socket: Link, deps: MediaLinkDeps): void {
  let inFlight = 0;
  for (const [event, take] of Object.entries(wordTakers(deps))) {
    // The keys are those of `wordTakers`.
    socket.on(event as MediaEvent, (word: unknown, answer: unknown) => {
      if (typeof answer !== 'function') return;
      if (inFlight >= mediaLimits.inFlight) {
        answer({ ok: false, code: 'busy', detail: 'Too much at once. Say it again.' });
        return;
      }
      inFlight += 1;
      void take(word).then((said) => {
        inFlight -= 1;
        answer(said);
      });
    });
  }
}

/** A media server that does not read would have the centre remember for it; it comes back and begins anew. */
function dropWhenSlow({ conn }: Link, onNote: MediaLinkDeps['onNote']): void {
  let waiting = 0;
  conn.on('drain', () => {
    waiting = 0;
  });
  conn.on('packetCreate', () => {
    waiting += 1;
    if (waiting !== mediaLimits.packetsWaiting) return;
    onNote('The media server reads too slowly.');
    conn.close(true);
    conn.request.socket.destroy();
  });
}

interface Teller extends AsyncDisposable {
  /** A link begins: it is told every open room. */
  beginAnew(): void;
  /** Something may have changed: what did is told. */
  lookAgain(): void;
}

/** By versions, so that whatever changed a room, and whoever, it is told, and nothing twice. */
function openTeller(
  { store, onError }: Pick<MediaLinkDeps, 'store' | 'onError'>,
  link: () => Link | null,
): Teller {
  let told = new Map<string, number>();
  let isNew = false;
  let isDue = false;
  const tell = async (): Promise<void> => {
    const to = link();
    if (to === null) return;
    const open = await listOpenRooms(store.pool);
    const changed = isNew
      ? [...open.keys()]
      : [...open].filter(([id, version]) => told.get(id) !== version).map(([id]) => id);
    const orders = changed.length === 0 ? [] : await readRoomOrders(store.pool, changed);
    if (to !== link()) return; // Another link began meanwhile: it is told all.
    if (isNew) to.emit('rooms', orders);
    else for (const order of orders) to.emit('room', order);
    const gone = isNew ? [] : [...told.keys()].filter((id) => !open.has(id));
    for (const meetingId of gone) to.emit('closed', { meetingId });
    const kept = isNew ? [] : [...told].filter(([id]) => open.has(id));
    told = new Map([
      ...kept,
      ...orders.map(({ control }) => [control.meetingId, control.version] as const),
    ]);
    isNew = false;
  };
  const coalescer = openCoalescer({
    isDue: () => isDue && link() !== null,
    work: async () => {
      isDue = false;
      try {
        await tell();
        return mediaLimits.coalesceMs;
      } catch (error) {
        onError(error);
        isDue = true;
        return mediaLimits.retryMs;
      }
    },
  });
  const lookAgain = (): void => {
    isDue = true;
    coalescer.ask();
  };
  return {
    lookAgain,
    beginAnew: () => {
      isNew = true;
      lookAgain();
    },
    [Symbol.asyncDispose]: () => coalescer[Symbol.asyncDispose](),
  };
}
