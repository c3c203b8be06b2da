import type {
  HeldPicture,
  MeetingView,
  RoomWords,
  SeatLink,
  TierReason,
} from '@sightline/contracts';
import { scriptRoom, type ScriptedRoom } from '@sightline/media-client/testing';
import type { Page } from 'playwright-core';
import { io } from 'socket.io-client';
import { meetingChair, shownMeetings } from './seed-meetings.ts';
import type { OpenConsole } from './open-console.ts';

/** The media server that the centre believes in: its link is the test's, its rooms are scripted. */
export const scriptedMedia = {
  secret: 'a shared secret of at least 32 characters',
  url: 'http://127.0.0.1:7410',
};

export interface ChairRoom extends AsyncDisposable {
  readonly page: Page;
  readonly room: ScriptedRoom;
  /** Nine venues that are on the air, each at another step of the ladder. */
  readonly seats: readonly string[];
}

/** The chair's page in the room, its links and pictures by a script; what is sent as video is a film of the page's own. */
export async function openChairRoom(console: OpenConsole): Promise<ChairRoom> {
  await using stack = new AsyncDisposableStack();
  const { centre, store } = console;
  const link = io(`${centre.url}/media`, {
    transports: ['websocket'],
    auth: { secret: scriptedMedia.secret },
    forceNew: true,
  });
  stack.defer(() => void link.close());
  await link.emitWithAck('health', { state: 'ready', workers: 1, detail: '' });
  const meetingId = shownMeetings.open;
  const who = { roles: ['dispatcher'], region: '5402', login: meetingChair } as const;
  const page = await console.openAs(who, '/meetings');
  stack.defer(() => page.context().close());
  const view = await page.evaluate<MeetingView, string>(
    async (url) => (await fetch(url)).json(),
    `/api/meetings/${meetingId}?region=5402`,
  );
  const { chair } = view.control;
  const seats = view.seatsOf
    .map(({ seatId }) => seatId)
    .filter((seatId) => seatId !== chair)
    .slice(0, 9);
  await store.pool.query(
    `insert into meeting_spell (spell_id, meeting_id, seat_id, from_at, until_at, packets, is_over, heard_at)
     select gen_random_uuid(), $1, seat_id, now() - interval '9 minutes', now(), 9000, false, now() + interval '1 hour'
     from unnest($2::text[]) as seat_id`,
    [meetingId, seats],
  );
  await store.pool.query(
    `update meeting_spell set is_over = true where meeting_id = $1 and seat_id = $2`,
    [meetingId, seats[goneAt]],
  );
  await page.addInitScript(filmEverything);
  const start: RoomWords = {
    control: view.control,
    seats: view.seatsOf,
    pictures: seats,
    presentCount: seats.length,
    present: seats,
  };
  const mediaHost = new URL(scriptedMedia.url).host;
  const room = await scriptRoom(page, { mediaHost, ownSeat: chair, start });
  await page.goto(`${centre.url}/console/meetings/5402/${meetingId}`);
  await page.getByRole('button', { name: '检查设备并进入' }).click();
  await page.getByRole('button', { name: '只看只听，进入会议' }).click();
  await room.entered();
  const parts = stack.move();
  return { page, room, seats, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

/** Of the nine: has left. */
const goneAt = 7;
/** Of the nine: has no camera. */
const blindAt = 8;

const steps: readonly (readonly [SeatLink['up'], TierReason])[] = [
  ['video-300', 'good'],
  ['video-128', 'bandwidth'],
  ['video-64', 'recovering'],
  ['stills', 'bandwidth'],
  ['audio', 'loss'],
  ['text', 'stalled'],
  ['audio', 'chosen'],
  ['video-300', 'good'],
  ['audio', 'chosen'],
];

/** Every step of the ladder at once; the voices of those whose link carries one are heard. */
export function tellLadder({ room, seats }: ChairRoom): void {
  room.links(
    seats.map((seatId, at) => {
      const [up, upReason] = steps[at] ?? ['video-300', 'good'];
      return { seatId, up, upReason, down: 'video-300', downReason: 'good' };
    }),
  );
  for (const [at, seatId] of seats.entries()) {
    if (at !== blindAt) room.camera(seatId);
    if (at < 2) room.voice(seatId);
  }
  room.held(
    seats.flatMap((seatId, at): HeldPicture[] => {
      const [up, reason] = steps[at] ?? ['video-300', 'good'];
      if (up.startsWith('video') || at === blindAt) return [];
      const forMs = 10_000 + at * 33_000;
      return [{ seatId, source: 'camera', hasStills: up === 'stills', reason, forMs }];
    }),
  );
}

/** In the page: whatever is set as a video's stream shows a film, for no frame of a scripted room comes. */
function filmEverything(): void {
  const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 360];
  const pen = canvas.getContext('2d');
  let turn = 0;
  setInterval(() => {
    if (pen === null) return;
    turn = (turn + 2) % 320;
    for (const [at, colour] of ['#2c4257', '#45637c', '#6f8b9c', '#a9bac4'].entries()) {
      pen.fillStyle = colour;
      pen.fillRect(0, at * 90, 640, 90);
    }
    pen.fillStyle = '#d9c27a';
    pen.fillRect(160 + turn, 130, 60, 100);
  }, 100);
  const film = canvas.captureStream(10);
  Object.defineProperty(HTMLVideoElement.prototype, 'srcObject', {
    get(this: HTMLVideoElement) {
      const value: unknown = own?.get?.call(this);
      return value;
    },
    set(this: HTMLVideoElement, stream: MediaStream | null) {
      own?.set?.call(this, stream === null ? null : film);
    },
  });
}
