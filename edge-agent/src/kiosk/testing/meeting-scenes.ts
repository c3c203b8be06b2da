import type { TerminalMeeting } from '@sightline/contracts';
import { scriptRoom, type ScriptedRoom } from '@sightline/media-client/testing';
import { shootFront } from '#kiosk/testing/meeting-front-scenes.ts';
import { desiredOf, personIdOf, press, stagePin, type Stage } from '#kiosk/testing/shot-stage.ts';
import { chairSeat, ownSeat, roomStart } from '#kiosk/testing/room-start.ts';
import type { TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import { tableMeeting, tableRollCall } from '#kiosk/testing/table-meeting.ts';

/** A terminal's evening may be past the table's time: the call comes now. */
export function meetingNow(
  { terminal }: TableKiosk,
  change: Partial<TerminalMeeting> = {},
): TerminalMeeting {
  const now = Temporal.Instant.from(terminal.clock.now().at);
  const at = (seconds: number) => now.add({ seconds }).toString({ smallestUnit: 'millisecond' });
  return tableMeeting({
    calledAt: at(-10),
    startsAt: at(-5),
    ringUntil: at(290),
    until: at(40_000),
    ...change,
  });
}

export function tellMeetings(table: TableKiosk, ...meetings: TerminalMeeting[]): void {
  table.terminal.setDesired({ ...desiredOf(table), meetings });
}

const village = (no: number) => `venue-54020210320${no}`;

/** 会议: ring, device check, the room on every step of the ladder, roll call, its ends; leave and shutter. */
export async function shootMeetings(stage: Stage): Promise<void> {
  const { page, shoot } = stage;
  const room = await scriptRoom(page, { mediaHost: '127.0.0.1:9', ownSeat, start: roomStart });
  const jpeg = await drawPicture(stage);
  // A terminal that does not know the time does not ring.
  stage.table.terminal.setState({ clockCertain: true });
  tellMeetings(stage.table, meetingNow(stage.table));
  await page.waitForSelector('.ring');
  await shoot('meeting-ring');
  await press(page, '.ring-tiles .tile', 0);
  await page.waitForSelector('.device-picture video');
  await shoot('meeting-check');
  await page.locator('.device-check > .tile').click();
  await room.entered();
  await page.waitForSelector('.picture');
  room.voice(chairSeat);
  await shootLadder(stage, room, jpeg);
  await shootFront(stage, room);
  await shootChairActs(stage, room);
  await shootRollCall(stage);
  await shootCheckInRoom(stage);
  room.cut();
  await page.waitForSelector('.room-away');
  await shoot('meeting-away');
  room.heal();
  await page.locator('.room-away').waitFor({ state: 'detached' });
  room.over('removed');
  await page.waitForSelector('.room-none');
  await shoot('meeting-over');
  await shootNextCall(stage);
  await shootLeave(stage);
  await shootOff(stage);
}

async function shootLadder(
  { page, shoot }: Stage,
  room: ScriptedRoom,
  jpeg: Buffer,
): Promise<void> {
  room.link({ up: 'video-300', upReason: 'good', down: 'stills', downReason: 'bandwidth' });
  room.still({ seatId: chairSeat, source: 'camera' }, jpeg);
  await page.waitForSelector('.picture-still');
  await shoot('meeting-stills');
  room.link({ up: 'stills', upReason: 'loss', down: 'audio', downReason: 'bandwidth' });
  await page
    .getByText(/^(只有声音|སྐད་ཁོ་ན།|Voice only)$/)
    .first()
    .waitFor();
  await shoot('meeting-audio');
  room.link({ up: 'audio', upReason: 'stalled', down: 'text', downReason: 'stalled' });
  for (const [no, text] of [
    '道路积雪 20 厘米，请先停止出行',
    '请各村清点牲畜',
    '半小时后再联系',
  ].entries()) {
    room.line({
      lineId: `0190a5d4-0000-7000-8000-0000000000e${no}`,
      meetingId: roomStart.control.meetingId,
      seatId: chairSeat,
      at: `2026-11-23T14:0${no}:00.000Z`,
      text,
    });
  }
  await page.waitForSelector('.room-lines.is-large li:nth-child(3)');
  await shoot('meeting-text');
  room.link({
    up: 'video-64',
    upReason: 'recovering',
    down: 'video-128',
    downReason: 'recovering',
  });
  await page.locator('.room-lines.is-large').waitFor({ state: 'detached' });
  await shoot('meeting-video-64');
}

async function shootChairActs({ page, shoot }: Stage, room: ScriptedRoom): Promise<void> {
  room.link({ up: 'video-300', upReason: 'good', down: 'video-300', downReason: 'good' });
  room.room((now) => ({
    ...now,
    control: {
      ...now.control,
      isRecorded: true,
      floor: [`venue-540202103202`],
      interpreters: [{ seatId: chairSeat, language: 'bo' }],
    },
    seats: [
      ...roomStart.seats,
      ...[1, 3, 4, 5, 6, 7, 8].map((no) => ({
        seatId: village(no),
        region: village(no).slice('venue-'.length),
        name: `聂日雄乡第${no}村`,
        role: 'branch' as const,
      })),
    ],
    pictures: [chairSeat, ...[1, 3, 4, 5, 6, 7, 8].map(village)],
    presentCount: 40,
  }));
  await page.waitForSelector('.room-word');
  await shoot('meeting-floor');
  await page.locator('.room-word').waitFor({ state: 'detached' });
  await press(page, '.meeting-key', 4);
  await page.waitForSelector('.pictures-9');
  await shoot('meeting-nine');
  await shootHeld({ page, shoot }, room);
  room.room((now) => ({ ...now, control: { ...now.control, floor: [], isLocked: true } }));
  await page.locator('.room-word').waitFor();
  await page.locator('.room-word').waitFor({ state: 'detached' });
}

/** Pictures of venues that do not come: what their own links carry, or their own choice. */
async function shootHeld({ page, shoot }: Pick<Stage, 'page' | 'shoot'>, room: ScriptedRoom) {
  const reasons = ['bandwidth', 'loss', 'stalled', 'chosen', 'recovering'] as const;
  for (const no of [1, 3, 4, 5, 6]) room.camera(village(no));
  await page.locator('.pictures video').nth(4).waitFor();
  room.held(
    [1, 3, 4, 5, 6].map((no, at) => ({
      seatId: village(no),
      source: 'camera',
      hasStills: false,
      reason: reasons[at] ?? 'stalled',
      forMs: at * 20_000,
    })),
  );
  await page.locator('.picture-held').nth(4).waitFor();
  if ((await page.locator('.pictures video').count()) > 0) throw new Error('A frame of before.');
  await shoot('meeting-nine-held');
  room.held([]);
}

/** A spot check that rings in a meeting is told of; the village stays in the room. */
async function shootCheckInRoom({ page, shoot, table }: Stage): Promise<void> {
  const now = Temporal.Instant.from(table.terminal.clock.now().at);
  const at = (seconds: number) => now.add({ seconds }).toString({ smallestUnit: 'millisecond' });
  const checkId = '0190a5d4-0000-7000-8000-0000000000c9';
  const by = { login: 'pianduo', roles: ['dispatcher'], region: '5402' };
  const check = { checkId, reason: 'weather-warning', note: '', by } as const;
  const desired = desiredOf(table);
  const checks = [{ ...check, orderedAt: at(-5), until: at(235) }];
  table.terminal.setDesired({ ...desired, checks });
  await page.waitForSelector('.ring-bar');
  await page.waitForSelector('.meeting-key');
  await shoot('meeting-check-rings');
  table.terminal.setDesired({ ...desired, checks: [] });
  await page.locator('.ring-bar').waitFor({ state: 'detached' });
}

/** A call that comes while the end of the last meeting is still on the screen takes it; inside another one a bar tells of it. */
async function shootNextCall({ page, shoot, table }: Stage): Promise<void> {
  const meetingId = '0190a5d4-0000-7000-8000-0000000000d4';
  const next = (change: Partial<TerminalMeeting>) => {
    const title = '请了解道路结冰情况';
    return meetingNow(table, { meetingId, title, ...change });
  };
  tellMeetings(table, meetingNow(table), next({}));
  await page.waitForSelector('.ring-bar');
  await shoot('meeting-over-next');
  tellMeetings(table, meetingNow(table, { isOver: true }), next({}));
  await page.waitForSelector('.ring');
  await press(page, '.ring-tiles .tile', 1);
  await page.waitForSelector('.home');
}

async function shootRollCall(stage: Stage): Promise<void> {
  const { page, shoot } = stage;
  const until = Temporal.Instant.from(stage.table.terminal.clock.now().at).add({ seconds: 170 });
  const rollCall = tableRollCall({ until: until.toString({ smallestUnit: 'millisecond' }) });
  tellMeetings(stage.table, meetingNow(stage.table, { rollCall }));
  await page.waitForSelector('.roll-call');
  await shoot('meeting-roll-call');
  await page.locator('.roll-call-ways .tile').last().click();
  await page.waitForSelector('.roll-call .person');
  await shoot('meeting-roll-call-who');
  await press(page, '.roll-call .person', 0);
  await page.waitForSelector('.roll-call .pad');
  await shoot('meeting-roll-call-pin');
  await press(page, '.roll-call .back', 0);
  await press(page, '.roll-call .back', 0);
  await press(page, '.roll-call-ways .tile', 0);
  await page.locator('.roll-call').waitFor({ state: 'detached' });
}

/** 远程开启许可 given by a PIN; the opening itself, declined; the list; taken back from home. */
async function shootLeave(stage: Stage): Promise<void> {
  const { page, shoot, table } = stage;
  tellMeetings(stage.table);
  await page.locator('.home-link').last().click();
  await page.waitForSelector('.meeting-leave');
  await shoot('meetings-none');
  await press(page, '.meeting-leave .way', 0);
  await page.waitForSelector('.person');
  await shoot('meeting-leave-who');
  await page.locator('.back').click();
  await page.waitForSelector('.meeting-leave');
  await page.locator('.back').click();
  await page.waitForSelector('.home');
  const own = { personId: personIdOf(0), pin: stagePin };
  await table.client.post('/api/meetings/leave', { own });
  await page.waitForSelector('.leave-link');
  await shoot('home-leave');
  const meetingId = '0190a5d4-0000-7000-8000-0000000000d2';
  tellMeetings(stage.table, meetingNow(stage.table, { meetingId, isRemoteOpening: true }));
  await page.waitForSelector('.opening');
  await shoot('meeting-opening');
  await press(page, '.opening .tile', 0);
  await page.waitForSelector('.home');
  await page.locator('.home-link:not(.leave-link)').last().click();
  await page.waitForSelector('.meeting-line');
  await shoot('meetings');
  await page.locator('.back').click();
  await page.locator('.leave-link').click();
  await page.locator('.leave-link').waitFor({ state: 'detached' });
}

/** The shutter shut, at home and before a face; and a meeting without a media server. */
async function shootOff(stage: Stage): Promise<void> {
  const { page, shoot, table } = stage;
  await page.locator('.strip-shutter').click();
  await page.waitForSelector('.strip-shutter.is-shut');
  await shoot('home-shut');
  await press(page, '.home-tiles .tile', 0);
  await page.waitForSelector('.session-none');
  await shoot('check-in-shut');
  await page.locator('.session-ways .tile').first().click();
  await page.waitForSelector('.home');
  await table.client.post('/api/shutter', { isShut: false });
  const meetingId = '0190a5d4-0000-7000-8000-0000000000d3';
  tellMeetings(stage.table, meetingNow(stage.table, { meetingId, mediaUrl: '' }));
  await page.waitForSelector('.ring');
  await press(page, '.ring-tiles .tile', 0);
  await page.waitForSelector('.device-picture video');
  await page.locator('.device-check > .tile').click();
  await page.waitForSelector('.room-none');
  await shoot('meeting-no-media');
  await press(page, '.room-none .tile', 0);
  await page.waitForSelector('.home');
  tellMeetings(stage.table);
  await page.locator('.ring-bar').waitFor({ state: 'detached' });
}

/** A picture that is a picture: nobody's face. */
async function drawPicture({ page }: Stage): Promise<Buffer> {
  const text = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [320, 180];
    const pen = canvas.getContext('2d');
    if (pen === null) return '';
    for (const [at, colour] of ['#33506b', '#51708a', '#7f98a8', '#c7d3da'].entries()) {
      pen.fillStyle = colour;
      pen.fillRect(0, at * 45, 320, 45);
    }
    return canvas.toDataURL('image/jpeg', 0.6).split(',')[1] ?? '';
  });
  return Buffer.from(text, 'base64');
}
