import { makeOrder, openTestMedia, signSeat } from '@sightline/media-server/testing';
import { openMeetingPages } from '@sightline/standalone/meeting-pages';
import { describeMachine } from '#measure/machine.ts';
import { quantile, rounded } from '#measure/median.ts';
import { partOf, type BenchOptions } from '#measure/options.ts';
import { limits } from '../limits.ts';

const full = { pages: 20 } as const;

/**
 * Villages that come into a meeting one after the other while its chair is on the air: from the wish to
 * go in until the room answered, and until the first picture of the chair was decoded. Chromium with the
 * house's own client, over the loopback; loading the page is not counted.
 */
export async function runJoin(options: BenchOptions): Promise<Record<string, unknown>> {
  const pages = partOf(full.pages, options.share);
  await using media = await openTestMedia();
  await using browser = await openMeetingPages();
  const order = makeOrder(pages, { isLocked: true });
  const { chair, meetingId } = order.control;
  media.centre.order({ ...order, control: { ...order.control, onAir: [chair] } });
  const chairPage = await browser.open(media.url, signSeat({ meetingId, seatId: chair }));
  await chairPage.until(({ phase }) => phase === 'in', limits.pageMs);
  await chairPage.sendAll();
  await chairPage.until(({ sending }) => sending.camera === 'on', limits.pageMs);
  const joins: number[] = [];
  const frames: number[] = [];
  for (const seatId of order.venues) {
    const venue = await browser.open(media.url, signSeat({ meetingId, seatId }));
    const { joinMs, firstFrameMs } = await venue.until(
      (state) => state.firstFrameMs !== null,
      limits.pageMs,
    );
    joins.push(joinMs ?? 0);
    frames.push(firstFrameMs ?? 0);
    await venue.page.close();
  }
  return {
    joinP95Ms: rounded(quantile(joins, 0.95), 0),
    firstFrameP95Ms: rounded(quantile(frames, 0.95), 0),
    joinP50Ms: rounded(quantile(joins, 0.5), 0),
    firstFrameP50Ms: rounded(quantile(frames, 0.5), 0),
    counts: { pages },
    machine: describeMachine(),
  };
}
