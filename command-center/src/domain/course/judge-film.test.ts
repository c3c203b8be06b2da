import { expect, test } from 'vitest';
import { judgeFilm } from './judge-film.ts';

const limits = {
  filmMinutes: 90,
  filmSidePx: 4_096,
  shownWidthPx: 1_280,
  shownHeightPx: 720,
  shownFps: 30,
  shownBitsPerSecond: 1_500_000,
};
const video = {
  codec_type: 'video',
  codec_name: 'h264',
  profile: 'Main',
  pix_fmt: 'yuv420p',
  width: 1_280,
  height: 720,
  avg_frame_rate: '30000/1001',
};
const audio = { codec_type: 'audio', codec_name: 'aac' };
const format = { duration: '60.5', bit_rate: '800000' };
const probe = (
  more: Partial<typeof video>,
  { sound = audio, of = format }: { sound?: object; of?: object } = {},
) => judgeFilm(JSON.stringify({ streams: [{ ...video, ...more }, sound], format: of }), limits);

test('a film that every terminal plays is told from one that is to be recoded', () => {
  expect(probe({})).toEqual({ widthPx: 1_280, heightPx: 720, seconds: 60.5, isPlain: true });
  const recoded = [
    probe({ codec_name: 'vp8' }),
    probe({ profile: 'High 4:4:4 Predictive' }),
    probe({ pix_fmt: 'yuv444p' }),
    probe({ width: 1_920, height: 1_080 }),
    probe({ avg_frame_rate: '50/1' }),
    probe({ avg_frame_rate: '0/0' }),
    probe({}, { sound: { codec_type: 'audio', codec_name: 'opus' } }),
    probe({}, { of: { ...format, bit_rate: '9000000' } }),
    probe({}, { of: { bit_rate: '800000' } }),
  ];
  expect(recoded.map((film) => 'isPlain' in film && film.isPlain)).toEqual(
    recoded.map(() => false),
  );
});

test.each([
  [probe({ codec_type: 'audio' }), 'film-broken'],
  [probe({ width: 0 }), 'film-broken'],
  [judgeFilm('no json', limits), 'film-broken'],
  [judgeFilm('{}', limits), 'film-broken'],
  [probe({ width: 4_098 }), 'film-resolution'],
  [probe({}, { of: { ...format, duration: '5401' } }), 'film-too-long'],
])('%#: what is none, too large or too long is refused as %s', (film, code) => {
  expect(film).toMatchObject({ code });
});
