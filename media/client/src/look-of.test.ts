import { carriesVideo, tiers, type SeatLink, type Tier } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { lookOf, type Looked } from './look-of.ts';
import type { MeetingPicture, MeetingSnapshot } from './meeting-client.ts';
import { noMeeting } from './no-meeting.ts';
import { scriptedTrack } from './testing/scripted-browser.ts';

const seatId = 'venue-540235100201';
const own = 'venue-540235';
const track = scriptedTrack('video');
const still = { at: 1_000, url: 'blob:1' };
const held = { reason: 'bandwidth', hasStills: false, sinceMs: 900 } as const;

function linkAt(
  of: string,
  { up = 'video-300', down = 'video-300' }: { up?: Tier; down?: Tier },
): SeatLink {
  return { seatId: of, up, upReason: 'bandwidth', down, downReason: 'loss' };
}

function look(
  picture: Partial<MeetingPicture> | null,
  { isThere = null, ...meeting }: Partial<MeetingSnapshot> & Partial<Looked> = {},
) {
  const source = picture?.source ?? 'camera';
  const whole = { seatId, source, track, still: null, held: null, ...picture };
  const pictures = picture === null ? [] : [whole];
  const voices = [{ seatId, source: 'microphone', track: scriptedTrack('audio') }] as const;
  return lookOf({ ...noMeeting, pictures, voices, ...meeting }, { seatId, source, isThere });
}

test.each(['camera', 'screen'] as const)('what comes of a %s is shown', (source) => {
  expect(look({ source }).picture).toEqual({ shows: 'video', track });
});

test.each(['camera', 'screen'] as const)(
  'a %s that its sender cannot send shows no last frame: why, and since when',
  (source) => {
    const nothing = { shows: 'nothing', why: 'held', ...held };
    expect(look({ source, held }).picture).toEqual(nothing);
    // A still of before is past too: what stands there would be taken for what goes on.
    expect(look({ source, held, still }).picture).toEqual(nothing);
  },
);

test('while the sender has place for stills they go on with their time', () => {
  const byStills = { ...held, hasStills: true };
  expect(look({ held: byStills, still }).picture).toEqual({ shows: 'still', still });
  expect(look({ held: byStills }).picture).toEqual({ shows: 'nothing', why: 'still-coming' });
});

test('of a venue that is gone neither picture, still, voice nor link is told', () => {
  const links = new Map([[seatId, linkAt(seatId, {})]]);
  expect(look({ still }, { isThere: false, links })).toEqual({
    picture: { shows: 'nothing', why: 'gone' },
    link: null,
    hasVoice: false,
  });
  expect(look({}, { isThere: true, links })).toMatchObject({
    picture: { shows: 'video' },
    link: { seatId },
    hasVoice: true,
  });
});

test('without a way no moving picture is shown, for it is black, and nobody is heard; stills come all the same', () => {
  const lost = { wayLostSinceMs: 5_000 };
  expect(look({}, lost)).toMatchObject({
    picture: { shows: 'nothing', why: 'way-lost' },
    hasVoice: false,
  });
  expect(look({ still }, lost).picture).toEqual({ shows: 'still', still });
  expect(look(null, lost).picture).toEqual({ shows: 'nothing', why: 'way-lost' });
});

test.each(tiers)("on a link of one's own at %s no more is shown than it carries", (down) => {
  const at = { own: linkAt(own, { down }) };
  const moving = look({}, at).picture;
  if (carriesVideo(down)) expect(moving).toEqual({ shows: 'video', track });
  else if (down === 'stills') expect(moving).toEqual({ shows: 'nothing', why: 'still-coming' });
  else expect(moving).toEqual({ shows: 'nothing', why: 'own-link', down });
  const isShown = look({ still }, at).picture.shows === 'still';
  expect(isShown).toBe(down === 'stills' || carriesVideo(down));
});

test('of a venue without a picture the chair is told its link, and others that there is none', () => {
  const links = new Map([[seatId, linkAt(seatId, { up: 'audio' })]]);
  const told = {
    shows: 'nothing',
    why: 'held',
    reason: 'bandwidth',
    hasStills: false,
    sinceMs: null,
  };
  expect(look(null, { links }).picture).toEqual(told);
  expect(look(null).picture).toEqual({ shows: 'nothing', why: 'none' });
});

test('a word about the picture goes before the link, which is told less often', () => {
  const links = new Map([[seatId, linkAt(seatId, { up: 'audio' })]]);
  expect(look({ held: null }, { links }).picture).toEqual({ shows: 'video', track });
});
