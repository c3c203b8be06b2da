import { mostPicturesPerS } from '#domain/meeting-picture.ts';

/** Ceilings of the camera. */
export const cameraLimits = {
  /** Frames the agent's own camera delivers, and their size: a blink of 150 ms is seen in one at least. */
  framesPerS: mostPicturesPerS,
  widthPx: 640,
  heightPx: 480,
  previewWidthPx: 320,
  /** A camera that was ready and is silent for so long is opened again. */
  silenceMs: 5_000,
  /** A network camera may need so long for its first picture. */
  openMs: 15_000,
  restartFirstMs: 500,
  restartLastMs: 30_000,
  /** Kept of what ffmpeg says, to tell why it ended. */
  complaintBytes: 4_096,
  killMs: 1_000,
  listeners: 16,
} as const;
