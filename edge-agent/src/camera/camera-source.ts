import { cameraLimits } from '#camera/limits.ts';

/** Where the agent's own camera is. */
export type CameraSource =
  | { readonly kind: 'file'; readonly path: string }
  /** A film that repeats itself for newcomers without a camera; noise stands for a sensor's. */
  | { readonly kind: 'sample'; readonly path: string }
  | { readonly kind: 'rtsp'; readonly url: string }
  | { readonly kind: 'v4l2'; readonly device: string };

const sampleMark = 'sample:';

/** Reads the setting: `rtsp://…`, `/dev/video0`, `sample:FILE`, else a file of recorded video. */
export function parseCameraSource(text: string): CameraSource {
  if (/^rtsps?:\/\//.test(text)) return { kind: 'rtsp', url: text };
  // Under /dev/shm lie files: it is memory, no device.
  if (/^\/dev\/(?!shm\/)/.test(text)) return { kind: 'v4l2', device: text };
  if (text.startsWith(sampleMark)) return { kind: 'sample', path: text.slice(sampleMark.length) };
  return { kind: 'file', path: text };
}

/** The source in words, without a network camera's password. */
export function nameOf(source: CameraSource): string {
  if (source.kind === 'file' || source.kind === 'sample') return source.path;
  return source.kind === 'v4l2' ? source.device : source.url.replace(/\/\/[^/@]*@/, '//');
}

/** What ffmpeg is told: small raw RGB frames at a steady pace on its output. */
export function ffmpegArguments(source: CameraSource): string[] {
  const { widthPx, heightPx, framesPerS } = cameraLimits;
  const fit = `scale=${widthPx}:${heightPx}:force_original_aspect_ratio=decrease`;
  const fill = `pad=${widthPx}:${heightPx}:(ow-iw)/2:(oh-ih)/2`;
  const quiet = '-hide_banner -nostdin -loglevel error -threads 1'.split(' ');
  const noise = source.kind === 'sample' ? ',noise=alls=4:allf=t+u' : '';
  const picture = `-an -sn -pix_fmt rgb24 -vf fps=${framesPerS},${fit},${fill}${noise}`.split(' ');
  return [...quiet, ...inputArguments(source), ...picture, '-f', 'rawvideo', 'pipe:1'];
}

function inputArguments(source: CameraSource): string[] {
  if (source.kind === 'file' || source.kind === 'sample')
    return ['-re', '-stream_loop', '-1', '-i', `file:${source.path}`];
  if (source.kind === 'rtsp') {
    // A camera that stops answering ends ffmpeg itself, even when nobody is left to end it.
    const timeoutUs = String(cameraLimits.openMs * 1000);
    return ['-rtsp_transport', 'tcp', '-timeout', timeoutUs, '-i', source.url];
  }
  const size = `${cameraLimits.widthPx}x${cameraLimits.heightPx}`;
  return ['-f', 'v4l2', '-input_format', 'mjpeg', '-video_size', size, '-i', source.device];
}
