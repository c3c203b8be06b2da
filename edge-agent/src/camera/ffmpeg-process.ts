import { spawn } from 'node:child_process';
import type { RgbFrame } from '@sightline/models';
import { cameraFault, ffmpegFault } from '#camera/camera-fault.ts';
import type { CameraReport } from '#camera/camera.ts';
import { ffmpegArguments, type CameraSource } from '#camera/camera-source.ts';
import { createFrameSplitter } from '#camera/frame-splitter.ts';
import { cameraLimits } from '#camera/limits.ts';

export interface FfmpegRun {
  readonly source: CameraSource;
  /** The program; `ffmpeg` on the PATH unless told. */
  readonly program: string;
  onFrame(frame: RgbFrame): void;
}

/**
 * Runs ffmpeg until it ends, is silent for too long, or is aborted; says why it ended. Its output is a
 * pipe of ours: when this process dies in any way, the next frame ends ffmpeg too (SIGPIPE).
 */
export function runFfmpeg(run: FfmpegRun, signal: AbortSignal): Promise<CameraReport> {
  const { widthPx: width, heightPx: height } = cameraLimits;
  const { promise, resolve } = Promise.withResolvers<CameraReport>();
  const child = spawn(run.program, ffmpegArguments(run.source), {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  let silence = setTimeout(end, cameraLimits.openMs);
  let hardEnd: NodeJS.Timeout | undefined;
  function end(): void {
    child.kill('SIGTERM');
    hardEnd ??= setTimeout(() => child.kill('SIGKILL'), cameraLimits.killMs);
  }
  const split = createFrameSplitter(width * height * 3, (pixels) => {
    clearTimeout(silence);
    silence = setTimeout(end, cameraLimits.silenceMs);
    run.onFrame({ width, height, pixels });
  });
  child.stdout.on('data', split);
  child.stderr.on('data', (text: Buffer) => {
    complaint = (complaint + text.toString()).slice(-cameraLimits.complaintBytes);
  });
  signal.addEventListener('abort', end, { once: true });
  const finish = (report: CameraReport): void => {
    clearTimeout(silence);
    clearTimeout(hardEnd);
    signal.removeEventListener('abort', end);
    resolve(report);
  };
  child.once('error', (error: NodeJS.ErrnoException) => finish(ffmpegFault(error.code)));
  child.once('close', () => finish(cameraFault(run.source, complaint)));
  return promise;
}
