import type { CameraState } from '@sightline/contracts';
import type { RgbFrame } from '@sightline/models';

/** How the camera is; `detail` says what to do when it is not ready. */
export interface CameraReport {
  readonly state: CameraState;
  readonly detail: string | null;
}

/** The one owner of a terminal's camera. Frames go to whoever listens; nobody may keep them. */
export interface Camera extends AsyncDisposable {
  readonly owner: 'page' | 'agent';
  /** True: it plays a recording; nobody stands there. */
  readonly isSample: boolean;
  report(): CameraReport;
  /** `listener` gets each frame as it comes; its pixels are its own to read, not to keep. */
  onFrame(listener: (frame: RgbFrame) => void): () => void;
  onReport(listener: (report: CameraReport) => void): () => void;
}

/** The camera of the kiosk page: its frames and its state arrive over the WebSocket. */
export interface PageCamera extends Camera {
  readonly owner: 'page';
  offer(frame: RgbFrame): void;
  tell(report: CameraReport): void;
}
