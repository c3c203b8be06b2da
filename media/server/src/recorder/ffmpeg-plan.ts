import { join } from 'node:path';
import { limits } from '#limits.ts';

/** One stream that a recorder takes, as mediasoup's consumer sends it. */
export interface RecordedStream {
  readonly kind: 'audio' | 'video';
  /** RTP here, RTCP on the next. */
  readonly port: number;
  readonly payloadType: number;
  /** `opus`, `VP8`, `H264`. */
  readonly codec: string;
  readonly clockRate: number;
  readonly channels: number | null;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** RFC 8866, as ffmpeg reads it on its standard input. */
export function sdpOf(streams: readonly RecordedStream[]): string {
  const head = ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=record', 'c=IN IP4 127.0.0.1', 't=0 0'];
  const lines = streams.flatMap((one) => {
    const { kind, port, payloadType, codec, clockRate, channels } = one;
    const form = Object.entries(one.parameters).map(([name, value]) => `${name}=${String(value)}`);
    return [
      `m=${kind} ${port} RTP/AVPF ${payloadType}`,
      `a=rtcp:${port + 1}`,
      `a=rtpmap:${payloadType} ${codec}/${clockRate}${channels === null ? '' : `/${channels}`}`,
      ...(form.length === 0 ? [] : [`a=fmtp:${payloadType} ${form.join(';')}`]),
    ];
  });
  return [...head, ...lines, ''].join('\n');
}

/** WebM where it may hold the codec; browsers play both. */
export function formatOf(streams: readonly RecordedStream[]): 'webm' | 'matroska' {
  return streams.some(({ codec }) => codec === 'H264') ? 'matroska' : 'webm';
}

export interface SetFiles {
  readonly dir: string;
  readonly firstNo: number;
  readonly listFile: string;
}

export function segmentFile(dir: string, no: number): string {
  return join(dir, `${String(no).padStart(6, '0')}.webm`);
}

/** Nothing is encoded: packets are copied into segments that can be read up to the last half second after a kill. */
export function ffmpegArguments(
  streams: readonly RecordedStream[],
  { dir, firstNo, listFile }: SetFiles,
): readonly string[] {
  const maps = streams.flatMap(({ kind }) => ['-map', kind === 'audio' ? '0:a' : '0:v']);
  const words = [
    ['-hide_banner', '-nostats', '-loglevel', 'warning', '-protocol_whitelist', 'pipe,udp,rtp'],
    ['-fflags', '+genpts', '-analyzeduration', '1000000', '-f', 'sdp', '-i', 'pipe:0'],
    maps,
    ['-c', 'copy', '-max_interleave_delta', '1000000', '-f', 'segment'],
    ['-segment_format', formatOf(streams)],
    ['-segment_format_options', 'flush_packets=1:live=1:cluster_time_limit=500'],
    ['-segment_time', String(limits.recorder.segmentSeconds), '-reset_timestamps', '1'],
    ['-segment_list', listFile, '-segment_list_type', 'csv', '-segment_list_size', '0'],
    ['-segment_list_flags', '+live', '-segment_start_number', String(firstNo)],
    [join(dir, '%06d.webm')],
  ];
  return words.flat();
}

/** A segment that ffmpeg closed. */
export interface ClosedSegment {
  readonly no: number;
  /** Since the set began, milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
}

/** ffmpeg's list of closed segments: `000012.webm,4.000000,8.020000` a line; a half-written last line is left. */
export function readSegmentList(text: string): readonly ClosedSegment[] {
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      const [, no, start, end] = /^(\d{6})\.webm,([\d.]+),([\d.]+)\s*$/.exec(line) ?? [];
      if (no === undefined) return [];
      const startMs = Math.round(Number(start) * 1000);
      return [{ no: Number(no), startMs, endMs: Math.round(Number(end) * 1000) }];
    });
}
