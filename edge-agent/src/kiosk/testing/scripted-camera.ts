import type { RgbFrame } from '@sightline/models';
import type { Camera } from '#camera/camera.ts';
import { createFanOut } from '#camera/fan-out.ts';
import { cameraLimits } from '#camera/limits.ts';

/** A camera that the agent owns and that gives a grey picture when the test says so. */
export interface ScriptedCamera extends Camera {
  shoot(): void;
}

export function openScriptedCamera(): ScriptedCamera {
  const fanOut = createFanOut({ state: 'ready', detail: null });
  const { widthPx: width, heightPx: height } = cameraLimits;
  let shade = 0;
  return {
    owner: 'agent',
    isSample: false,
    report: fanOut.report,
    onFrame: fanOut.onFrame,
    onReport: fanOut.onReport,
    shoot() {
      shade = (shade + 1) % 256;
      const pixels = new Uint8Array(width * height * 3).fill(shade);
      fanOut.sendFrame({ width, height, pixels } satisfies RgbFrame);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
