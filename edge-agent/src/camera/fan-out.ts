import type { RgbFrame } from '@sightline/models';
import type { CameraReport } from '#camera/camera.ts';
import { cameraLimits } from '#camera/limits.ts';

/** Hands one camera's frames and states to several listeners. */
export interface FanOut {
  readonly report: () => CameraReport;
  readonly onFrame: (listener: (frame: RgbFrame) => void) => () => void;
  readonly onReport: (listener: (report: CameraReport) => void) => () => void;
  readonly sendFrame: (frame: RgbFrame) => void;
  readonly sendReport: (report: CameraReport) => void;
}

export function createFanOut(first: CameraReport): FanOut {
  const frames = new Set<(frame: RgbFrame) => void>();
  const reports = new Set<(report: CameraReport) => void>();
  let current = first;
  return {
    report: () => current,
    onFrame: (listener) => join(frames, listener),
    onReport: (listener) => join(reports, listener),
    sendFrame(frame) {
      for (const listener of frames) listener(frame);
    },
    sendReport(report) {
      if (report.state === current.state && report.detail === current.detail) return;
      current = report;
      for (const listener of reports) listener(report);
    },
  };
}

function join<L>(listeners: Set<L>, listener: L): () => void {
  if (listeners.size >= cameraLimits.listeners) {
    throw new Error(`The camera has ${listeners.size} listeners; somebody forgets to leave.`);
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}
