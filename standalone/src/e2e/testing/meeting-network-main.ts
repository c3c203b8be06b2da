import { readFileSync } from 'node:fs';
import { makeOrder, openTestMedia, signSeat } from '@sightline/media-server/testing';
import { houseAddress } from './house-net.ts';
import { openMeetingPages, type SeatPage } from './meeting-pages.ts';
import type { NetworkMeeting } from './network-meeting.ts';
import { openWiredHouse, serverName } from './wired-house.ts';

/*
 * Runs in a network namespace of its own, `unshare -n`: a media server as docker-compose.yml tells of it, and two pages
 * of a village behind a wire. Prints what they saw, one line. Its one word says which way the media may take.
 */

interface Scenario {
  readonly isUdpDropped: boolean;
  /** Addresses of the relay that the media server tells; null = it tells of none. */
  readonly relay: RegExp | null;
  /** How many ports, and workers, the media server has. */
  readonly ports: number;
}

const scenarios: Readonly<Record<string, Scenario>> = {
  tcp: { isUdpDropped: true, relay: null, ports: 1 },
  'relay-udp': { isUdpDropped: false, relay: /^turn:/, ports: 3 },
  'relay-tls': { isUdpDropped: true, relay: /^turns?:/, ports: 1 },
};

const firstPort = 7411;
const patienceMs = 60_000;
const stepMs = 120_000;

const scenario = scenarios[process.argv[2] ?? ''];
if (scenario === undefined) throw new Error(`One of ${Object.keys(scenarios).join(', ')}.`);
process.stdout.write(`${JSON.stringify(await hold(scenario))}\n`);

async function hold({ isUdpDropped, relay, ports }: Scenario): Promise<NetworkMeeting> {
  const isRelayed = relay !== null;
  await using house = await openWiredHouse({ isRelayed });
  const { net, secret } = house;
  await using media = await openTestMedia({
    host: houseAddress,
    tls: { certificateFile: secret('server.pem'), keyFile: secret('server.key') },
    rtc: {
      ip: houseAddress,
      ports: { min: firstPort, max: firstPort + ports - 1 },
      announced: null,
    },
    workers: ports,
    turn: isRelayed
      ? {
          urls: readUrls(secret('media.env')).filter((address) => relay.test(address)),
          secretFile: secret('turn-secret'),
        }
      : null,
  });
  await using pages = await openMeetingPages({
    program: house.program,
    flags: [house.trust],
  });
  if (isUdpDropped) net.dropUdp();
  const order = makeOrder(1);
  const { chair, meetingId } = order.control;
  const [venue = ''] = order.venues;
  media.centre.order({ ...order, control: { ...order.control, onAir: [venue], floor: [venue] } });
  const url = `https://${serverName}:${new URL(media.url).port}`;
  const enter = async (seatId: string) => {
    const seat = await pages.open(url, signSeat({ meetingId, seatId }), { isRelayed });
    await seat.until(({ phase }) => phase === 'in', patienceMs);
    return seat;
  };
  const both = [
    { page: await enter(chair), other: venue },
    { page: await enter(venue), other: chair },
  ];
  for (const { page } of both) await page.sendAll();
  const seesAndHears = async (): Promise<{ seen: number[]; heard: number[] }> => {
    const figures = await Promise.all(both.map((one) => followsOther(one)));
    return { seen: figures.map(({ seen }) => seen), heard: figures.map(({ heard }) => heard) };
  };
  const { seen, heard } = await seesAndHears();
  const paths = (await Promise.all(both.map(({ page }) => page.paths()))).flat();
  const [, venueSide] = both;
  const best = await venueSide?.page.until(({ own }) => own?.down === 'video-300', stepMs);
  net.setRate(150);
  const thin = await venueSide?.page.until(
    ({ own }) => own !== null && own.down !== 'video-300' && own.downReason !== 'good',
    stepMs,
  );
  net.setRate(null);
  let backAfterRelay = 0;
  if (isRelayed) {
    await house.relay.kill();
    await house.relay.start();
    backAfterRelay = (await seesAndHears()).seen.length;
  }
  const step = (state: typeof best) => `${state?.own?.down} ${state?.own?.downReason}`;
  return {
    paths,
    ports: [...new Set(paths.map(({ farPort }) => farPort))],
    seen,
    heard,
    onFree: step(best),
    onThin: step(thin),
    backAfterRelay,
  };
}

/** Waits for pictures and sound that come now. */
async function followsOther({
  page,
  other,
}: {
  readonly page: SeatPage;
  readonly other: string;
}): Promise<{ readonly seen: number; readonly heard: number }> {
  const before = await page.state();
  const [picture, voice] = [`${other} camera`, `${other} microphone`];
  const after = await page.until(
    ({ frames, heard }) =>
      (frames[picture] ?? 0) > (before.frames[picture] ?? 0) + 10 &&
      (heard[voice] ?? 0) > (before.heard[voice] ?? 0) + 3,
    stepMs,
  );
  return { seen: after.frames[picture] ?? 0, heard: after.loud[voice] ?? 0 };
}

/** The addresses that step 6 of the page has the media server told. */
function readUrls(envFile: string): readonly string[] {
  const [, urls = ''] = /^SIGHTLINE_MEDIA_TURN=(.*)$/m.exec(readFileSync(envFile, 'utf8')) ?? [];
  return urls.split(',');
}
