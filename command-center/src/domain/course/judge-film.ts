import { refuse, type Refusal } from '@sightline/contracts';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';

/** What ffprobe says of a file (`-show_entries format=…:stream=…`), as far as we ask. */
const Probe = Type.Object({
  streams: Type.Array(
    Type.Object({
      codec_type: Type.Optional(Type.String()),
      codec_name: Type.Optional(Type.String()),
      profile: Type.Optional(Type.String()),
      pix_fmt: Type.Optional(Type.String()),
      width: Type.Optional(Type.Number()),
      height: Type.Optional(Type.Number()),
      avg_frame_rate: Type.Optional(Type.String()),
    }),
    { maxItems: 64 },
  ),
  format: Type.Object({
    duration: Type.Optional(Type.String()),
    bit_rate: Type.Optional(Type.String()),
  }),
});
type Stream = Static<typeof Probe>['streams'][number];
const probeCheck = Compile(Probe);

/** 录像 by its content. */
export interface Film {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Null = the file does not say; it is counted while it is recoded. */
  readonly seconds: number | null;
  /** Every terminal plays it as it is. */
  readonly isPlain: boolean;
}

export interface FilmLimits {
  readonly filmMinutes: number;
  readonly filmSidePx: number;
  readonly shownWidthPx: number;
  readonly shownHeightPx: number;
  readonly shownFps: number;
  readonly shownBitsPerSecond: number;
}

/** The film that a probe describes, or why it is none that a lesson shows. */
export function judgeFilm(text: string, limits: FilmLimits): Film | Refusal {
  const probe = parseProbe(text);
  const video = probe?.streams.find(({ codec_type: type }) => type === 'video');
  const { width = 0, height = 0 } = video ?? {};
  if (probe === null || video === undefined || width === 0 || height === 0) return brokenFilm();
  if (width > limits.filmSidePx || height > limits.filmSidePx) {
    return refuse(
      'film-resolution',
      `The film is ${width}×${height}; a side has at most ${limits.filmSidePx} pixels. Export it smaller.`,
    );
  }
  const said = Number(probe.format.duration);
  const seconds = Number.isFinite(said) && said > 0 ? said : null;
  if (seconds !== null && seconds > limits.filmMinutes * 60) return tooLongFilm(limits);
  const audio = probe.streams.find(({ codec_type: type }) => type === 'audio');
  const bitsPerSecond = Number(probe.format.bit_rate ?? Number.NaN);
  const isPlain =
    seconds !== null &&
    isPlainVideo(video, limits) &&
    (audio === undefined || audio.codec_name === 'aac') &&
    bitsPerSecond <= limits.shownBitsPerSecond;
  return { widthPx: width, heightPx: height, seconds, isPlain };
}

function parseProbe(text: string): Static<typeof Probe> | null {
  try {
    const value: unknown = JSON.parse(text);
    return probeCheck.Check(value) ? value : null;
  } catch {
    return null;
  }
}

function isPlainVideo(video: Stream, limits: FilmLimits): boolean {
  const { codec_name: codec, profile = '', pix_fmt: format, width = 0, height = 0 } = video;
  const [pictures = Number.NaN, seconds = 1] = (video.avg_frame_rate ?? '').split('/').map(Number);
  return (
    codec === 'h264' &&
    ['Constrained Baseline', 'Baseline', 'Main'].includes(profile) &&
    format === 'yuv420p' &&
    width <= limits.shownWidthPx &&
    height <= limits.shownHeightPx &&
    pictures / seconds <= limits.shownFps + 0.1
  );
}

export function brokenFilm(): Refusal {
  return refuse(
    'film-broken',
    'This film cannot be read: it is damaged, or none. Export it again as MP4.',
  );
}

export function tooLongFilm({ filmMinutes }: Pick<FilmLimits, 'filmMinutes'>): Refusal {
  return refuse(
    'film-too-long',
    `A film has at most ${filmMinutes} minutes. Cut it into several lessons.`,
  );
}
