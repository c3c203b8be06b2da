import { setTimeout as wait } from 'node:timers/promises';
import type { Camera } from '#camera/camera.ts';
import type { CameraSource } from '#camera/camera-source.ts';
import { createFanOut, type FanOut } from '#camera/fan-out.ts';
import { runFfmpeg } from '#camera/ffmpeg-process.ts';
import { cameraLimits } from '#camera/limits.ts';

export interface FfmpegCameraOptions {
  /** The program to run; `ffmpeg` on the PATH unless told. */
  readonly program?: string;
  /** 0 ≤ n < 1, spreads the restarts. */
  readonly random?: () => number;
}

/** A camera that the agent owns: an ffmpeg child, started again with growing pauses when it ends. */
export function openFfmpegCamera(source: CameraSource, options: FfmpegCameraOptions = {}): Camera {
  const fanOut = createFanOut({ state: 'absent', detail: 'The camera is being opened.' });
  const closing = new AbortController();
  const running = keepRunning(source, fanOut, { ...options, signal: closing.signal });
  return {
    owner: 'agent',
    isSample: source.kind === 'file' || source.kind === 'sample',
    report: fanOut.report,
    onFrame: fanOut.onFrame,
    onReport: fanOut.onReport,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await running;
    },
  };
}

async function keepRunning(
  source: CameraSource,
  fanOut: FanOut,
  options: FfmpegCameraOptions & { readonly signal: AbortSignal },
): Promise<void> {
  const { signal, program = 'ffmpeg', random = Math.random } = options;
  let pauseMs: number = cameraLimits.restartFirstMs;
  while (!signal.aborted) {
    const ended = await runFfmpeg(
      {
        source,
        program,
        onFrame(frame) {
          pauseMs = cameraLimits.restartFirstMs;
          fanOut.sendReport({ state: 'ready', detail: null });
          fanOut.sendFrame(frame);
        },
      },
      signal,
    );
    if (signal.aborted) return;
    fanOut.sendReport(ended);
    await wait(pauseMs * (0.5 + random() / 2), undefined, { signal }).catch(() => undefined);
    pauseMs = Math.min(pauseMs * 2, cameraLimits.restartLastMs);
  }
}
