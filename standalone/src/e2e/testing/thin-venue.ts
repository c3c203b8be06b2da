import type { SeatId } from '@sightline/contracts';
import { filmedCamera } from '@sightline/look/testing';
import { makeOrder, signSeat, steered, type TestMedia } from '@sightline/media-server/testing';
import { writeBusyFilm } from './busy-film.ts';
import { openPlace } from './fixture.ts';
import { openMeetingPages, type PageWay, type SeatPage } from './meeting-pages.ts';
import type { PageState } from './meeting-page/meeting-page.ts';

/** The most a step of a link is waited for. */
export const stepMs = 90_000;

export interface ThinVenueOptions {
  readonly media: TestMedia;
  /** Where the venue's page finds the media server: through its link. */
  readonly throughUrl: string;
  readonly way: PageWay;
  readonly seed: number;
}

/**
 * A chair with a straight way and a venue behind a link that a test can make thin; both are in one meeting and send a
 * voice and a picture that needs its bitrate, and the venue is on the air.
 */
export interface ThinVenue extends AsyncDisposable {
  readonly chair: SeatId;
  readonly venue: SeatId;
  readonly chairPage: SeatPage;
  readonly venuePage: SeatPage;
  /** What the link was said to carry while something was waited for by `watched`: each change once. */
  readonly seen: readonly SeenStep[];
  readonly steer: (control: Parameters<typeof steered>[1]) => void;
  readonly watched: (is: (state: PageState) => boolean) => (state: PageState) => boolean;
}

export interface SeenStep {
  readonly phase: PageState['phase'];
  readonly step: string;
  readonly atMs: number;
}

export async function openThinVenue(options: ThinVenueOptions): Promise<ThinVenue> {
  const { media, throughUrl, way, seed } = options;
  await using stack = new AsyncDisposableStack();
  const place = stack.use(await openPlace());
  const flags = filmedCamera(await writeBusyFilm(place.dir, seed));
  const pages = stack.use(await openMeetingPages({ flags }));
  let order = makeOrder(1);
  const { chair, meetingId } = order.control;
  const [venue = ''] = order.venues;
  const steer: ThinVenue['steer'] = (control) => {
    order = steered(order, control);
    media.centre.order(order);
  };
  steer({ onAir: [venue] });
  const chairPage = await pages.open(media.url, signSeat({ meetingId, seatId: chair }));
  const venuePage = await pages.open(throughUrl, signSeat({ meetingId, seatId: venue }), way);
  for (const seat of [chairPage, venuePage]) {
    await seat.until(({ phase }) => phase === 'in', 30_000);
    const refused = (await seat.sendAll()).find((code) => code !== null);
    if (refused !== undefined) throw new Error(`A seat could not send: ${refused}`);
  }
  const owned = stack.move();
  return {
    chair,
    venue,
    chairPage,
    venuePage,
    steer,
    ...watch(),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function watch(): Pick<ThinVenue, 'seen' | 'watched'> {
  const seen: SeenStep[] = [];
  return {
    seen,
    watched: (is) => (state) => {
      const { own, phase } = state;
      const step = `down ${own?.down} (${own?.downReason}), up ${own?.up} (${own?.upReason})`;
      const last = seen.at(-1);
      if (last?.step !== step || last.phase !== phase)
        seen.push({ phase, step, atMs: performance.now() });
      return is(state);
    },
  };
}
