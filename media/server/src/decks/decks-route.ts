import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isChair,
  isRefusal,
  meetingLimits,
  refuse,
  slideSizes,
  uuidPattern,
  type Refusal,
  type SeatClaims,
  type SlideSize,
} from '@sightline/contracts';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowPages, bearerOf, problem } from '#http/bearer.ts';
import { limits } from '#limits.ts';
import type { Room } from '#rooms/room.ts';
import type { Rooms } from '#rooms/rooms.ts';
import { readSeatToken } from '#signalling/read-seat-token.ts';
import { makeOneByOne, type OneByOne } from './one-by-one.ts';
import { remakePicture } from './remake-picture.ts';
import { sniffImage } from './sniff-image.ts';

export interface DecksDeps {
  /** Decks of all meetings. */
  readonly dir: string;
  readonly rooms: Rooms;
  readonly key: Buffer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Params {
  readonly deckId: string;
  readonly page: string;
  readonly size: string;
}
interface Page {
  readonly size: SlideSize;
  readonly file: string;
}
type DeckRequest = FastifyRequest<{ Params: Params }>;

const uuid = new RegExp(uuidPattern);
const path = '/decks/:deckId/:page/:size';
/** Of what is refused; 422 = the picture cannot be read. */
const statuses: Readonly<Record<string, number>> = {
  'slide-disk-full': 507,
  'too-many-decks': 507,
  'slide-too-large': 413,
  'slide-resolution': 413,
};

/**
 * 课件: `PUT /decks/:deckId/:page/:size` by the chair's token, `GET` by any seat's of the open room. Pages are
 * pictures, each written anew and kept in the sizes of `slideSizes`.
 */
export function addDecks(app: FastifyInstance, deps: DecksDeps): void {
  app.addContentTypeParser(
    ['image/jpeg', 'image/png', 'image/webp'],
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  );
  const oneByOne = makeOneByOne(limits.decks.waiting);
  app.options('/decks/*', (_request, reply) => allowPages(reply).status(204).send());
  app.put<{ Params: Params }>(path, { errorHandler: refuseBody }, (request, reply) =>
    put(request, reply, { ...deps, oneByOne }),
  );
  app.get<{ Params: Params }>(path, (request, reply) => get(request, reply, deps));
}

/** What is not even read: too large, or of a type that no page has. */
function refuseBody(fault: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  if (fault.statusCode === 413) {
    const detail = `A page has at most ${meetingLimits.slideBytes.large} bytes.`;
    problem(reply, 413, { code: 'slide-too-large', detail });
  } else if (fault.statusCode === 415) noPicture(reply);
  else throw fault;
}

async function put(
  request: DeckRequest,
  reply: FastifyReply,
  { oneByOne, ...deps }: DecksDeps & { readonly oneByOne: OneByOne },
) {
  const seat = seatOf(request, deps);
  if (seat === null) return noKey(reply);
  if (!isChair(seat.room.rules, seat.claims.seatId)) {
    return problem(reply, 403, { code: 'not-chair', detail: 'The chair alone shows slides.' });
  }
  const page = pageOf(request.params);
  if (page === null) return noPage(reply);
  const bytes = request.body;
  const type = Buffer.isBuffer(bytes) ? sniffImage(bytes) : null;
  if (!Buffer.isBuffer(bytes) || type === null) {
    return noPicture(reply);
  }
  const most = meetingLimits.slideBytes[page.size];
  if (bytes.length > most) {
    const detail = `A ${page.size} page has at most ${most} bytes.`;
    return problem(reply, 413, { code: 'slide-too-large', detail });
  }
  const meetingDir = join(deps.dir, seat.claims.meetingId);
  const { deckId } = request.params;
  const kept = oneByOne(() => keep(bytes, { meetingDir, deckId, page, type }));
  if (kept === null) {
    const detail = 'Too many pages are being put up. Try again in a moment.';
    return problem(reply.header('retry-after', '5'), 503, { code: 'slides-busy', detail });
  }
  const refusal = await kept;
  if (refusal === null) return allowPages(reply).status(204).send();
  return problem(reply, statuses[refusal.code] ?? 422, refusal);
}

/** Writes a page anew into its deck; it alone looks at how many decks there are. */
async function keep(
  bytes: Buffer,
  to: {
    readonly meetingDir: string;
    readonly deckId: string;
    readonly page: Page;
    readonly type: ReturnType<typeof sniffImage>;
  },
): Promise<Refusal | null> {
  const obstacle = await obstacleTo(to.meetingDir, to.deckId);
  if (obstacle !== null) return obstacle;
  const picture = await remakePicture(bytes, { type: to.type, size: to.page.size });
  if (isRefusal(picture)) return picture;
  const deckDir = join(to.meetingDir, to.deckId);
  await mkdir(deckDir, { recursive: true });
  const file = join(deckDir, to.page.file);
  // Whole or not at all: somebody may be looking at the former one.
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, picture);
    await rename(draft, file);
  } finally {
    // Of a full disk nothing half is left to fill it further.
    await rm(draft, { force: true });
  }
  return null;
}

async function get(request: DeckRequest, reply: FastifyReply, deps: DecksDeps) {
  const seat = seatOf(request, deps);
  if (seat === null) return noKey(reply);
  const page = pageOf(request.params);
  if (page === null) return noPage(reply);
  const file = join(deps.dir, seat.claims.meetingId, request.params.deckId, page.file);
  const bytes = await readFile(file).catch(() => null);
  const type = bytes === null ? null : sniffImage(bytes);
  if (bytes === null || type === null) return noPage(reply);
  return allowPages(reply).type(type).header('cache-control', 'private, max-age=60').send(bytes);
}

/** The seat a request is of, where its room is open and still has it. */
function seatOf(
  request: FastifyRequest,
  { rooms, key, now }: DecksDeps,
): { readonly claims: SeatClaims; readonly room: Room } | null {
  const claims = readSeatToken(bearerOf(request), { key, nowMs: now() });
  if (claims === 'bad-token' || claims === 'stale-token') return null;
  const room = rooms.get(claims.meetingId);
  return room?.rules.seats.has(claims.seatId) === true ? { claims, room } : null;
}

/** Null = no page that a deck may have. */
function pageOf({ deckId, page, size: asked }: Params): Page | null {
  const size = slideSizes.find((one) => one === asked);
  if (!uuid.test(deckId) || !/^\d{1,2}$/.test(page) || size === undefined) return null;
  const number = Number(page);
  if (number < 1 || number > meetingLimits.slidePages) return null;
  return { size, file: `${number}-${size}` };
}

async function obstacleTo(meetingDir: string, deckId: string): Promise<Refusal | null> {
  await mkdir(meetingDir, { recursive: true });
  const decks = await readdir(meetingDir);
  if (!decks.includes(deckId) && decks.length >= limits.decks.perMeeting) {
    const detail = `A meeting has at most ${limits.decks.perMeeting} decks. Turn those it has.`;
    return refuse('too-many-decks', detail);
  }
  const disk = await statfs(meetingDir);
  return disk.bavail * disk.bsize < limits.decks.freeBytes
    ? refuse('slide-disk-full', 'The disk for slides is full. Make room at the media server.')
    : null;
}

function noKey(reply: FastifyReply): FastifyReply {
  return problem(reply, 401, { code: 'bad-token', detail: 'This key opens no room.' });
}

function noPicture(reply: FastifyReply): FastifyReply {
  return problem(reply, 415, { code: 'not-a-picture', detail: 'A page is a JPEG, PNG or WebP.' });
}

function noPage(reply: FastifyReply): FastifyReply {
  return problem(reply, 404, { code: 'not-found', detail: 'There is no such page.' });
}
