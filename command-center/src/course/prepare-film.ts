import { isRefusal, refuse, type CourseFileType, type Refusal } from '@sightline/contracts';
import { brokenFilm, judgeFilm, tooLongFilm, type Film } from '#domain/course/judge-film.ts';
import { preparingLimits as limits } from './course-limits.ts';
import { runProgram, type ProgramEnd } from './run-program.ts';

export interface FilmOrder {
  readonly from: string;
  readonly type: CourseFileType;
  readonly to: string;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/**
 * 转码: an MP4 that the weakest terminal plays, of the first picture and the first sound alone, without what the
 * camera wrote beside them. One that is so already is only packed anew. Refused in words where it is no film,
 * too long or too large, and where this machine has no ffmpeg.
 */
export async function prepareFilm(order: FilmOrder): Promise<Refusal | null> {
  const { from, type, to, signal } = order;
  const film = await probe(from, { type, signal });
  if (isRefusal(film)) return film;
  const ended = await runProgram('ffmpeg', {
    args: recodeArguments(order, film),
    timeoutMs: limits.recodeMs,
    signal,
    onOutput: (text) => order.onProgress(shareIn(text, film)),
  });
  if (ended.end !== 'done') return refusalOf(ended);
  const made = await probe(to, { type: 'video/mp4', signal });
  if (isRefusal(made)) return made;
  if (made.seconds === null) return brokenFilm();
  // Where the ceiling of the file cut it short.
  if (made.seconds < (film.seconds ?? 0) - endSlackSeconds) return tooLongFilm(limits);
  return made.seconds > limits.filmMinutes * 60 ? tooLongFilm(limits) : null;
}

/** Sound and picture of a film rarely end together. */
const endSlackSeconds = 5;

async function probe(
  path: string,
  { type, signal }: Pick<FilmOrder, 'type' | 'signal'>,
): Promise<Film | Refusal> {
  const streams = 'stream=codec_type,codec_name,profile,pix_fmt,width,height,avg_frame_rate';
  const shown = ['-show_entries', `${streams}:format=duration,bit_rate`, '-of', 'json'];
  const args = ['-v', 'error', ...shown, ...inputArguments(type), `file:${path}`];
  const ended = await runProgram('ffprobe', { args, timeoutMs: limits.probeMs, signal });
  return ended.end === 'done' ? judgeFilm(ended.output, limits) : refusalOf(ended);
}

/** A file alone, of the kind its first bytes say: nothing in it makes ffmpeg open anything else. */
function inputArguments(type: CourseFileType): string[] {
  const kind = type === 'video/webm' ? 'matroska' : 'mov';
  return ['-protocol_whitelist', 'file', '-f', kind];
}

function recodeArguments({ from, type, to, maximumBytes }: FilmOrder, film: Film): string[] {
  const { shownWidthPx, shownHeightPx, shownFps, shownBitsPerSecond } = limits;
  const box = `w='min(${shownWidthPx},iw)':h='min(${shownHeightPx},ih)'`;
  const scale = `scale=${box}:force_original_aspect_ratio=decrease:force_divisible_by=2`;
  const recoded = [
    ['-vf', `${scale},fps=fps='min(source_fps,${shownFps})'`],
    ['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'main', '-pix_fmt', 'yuv420p'],
    ['-crf', '25', '-maxrate', String(shownBitsPerSecond * 0.8)],
    ['-bufsize', String(shownBitsPerSecond * 1.6), '-g', '60'],
    ['-c:a', 'aac', '-b:a', '96k', '-ac', '2', '-ar', '48000'],
  ];
  return [
    ['-nostdin', '-hide_banner', '-v', 'error', '-y', '-progress', 'pipe:1'],
    ['-threads', '1', ...inputArguments(type), '-i', `file:${from}`],
    ['-map', '0:v:0', '-map', '0:a:0?', '-map_metadata', '-1', '-map_chapters', '-1'],
    film.isPlain ? ['-c', 'copy'] : recoded.flat(),
    // One second beyond the limit: what is longer is seen to be so.
    ['-t', String(limits.filmMinutes * 60 + 1), '-fs', String(maximumBytes)],
    ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
    ['-threads', '1', '-movflags', '+faststart', '-f', 'mp4', `file:${to}`],
  ].flat();
}

/** `-progress` says how much of the film is made, in microseconds. */
function shareIn(text: string, { seconds }: Film): number {
  const all = [...text.matchAll(/out_time_us=(\d+)/g)];
  const madeUs = Number(all.at(-1)?.[1] ?? 0);
  return seconds === null ? 0 : Math.min(1, madeUs / (seconds * 1e6));
}

function refusalOf({ end }: Exclude<ProgramEnd, { readonly end: 'done' }>): Refusal {
  if (end === 'missing') {
    return refuse(
      'no-ffmpeg',
      'This server has no ffmpeg, which checks films. Run: apt-get install ffmpeg',
    );
  }
  return brokenFilm();
}
