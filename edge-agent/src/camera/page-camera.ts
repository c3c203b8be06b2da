import type { PageCamera } from '#camera/camera.ts';
import { createFanOut } from '#camera/fan-out.ts';

/** A camera that the kiosk page owns: absent until a page says otherwise. */
export function openPageCamera(): PageCamera {
  const fanOut = createFanOut({
    state: 'absent',
    detail: 'The kiosk page has not opened a camera yet.',
  });
  return {
    owner: 'page',
    isSample: false,
    report: fanOut.report,
    onFrame: fanOut.onFrame,
    onReport: fanOut.onReport,
    offer: fanOut.sendFrame,
    tell: fanOut.sendReport,
    async [Symbol.asyncDispose]() {
      fanOut.sendReport({ state: 'absent', detail: 'The camera is closed.' });
    },
  };
}
