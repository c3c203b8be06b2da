import type { Camera, PageCamera } from '#camera/camera.ts';
import { parseCameraSource } from '#camera/camera-source.ts';
import { openFfmpegCamera, type FfmpegCameraOptions } from '#camera/ffmpeg-camera.ts';
import { openPageCamera } from '#camera/page-camera.ts';

/** The terminal's one camera, from its setting: empty = the kiosk page owns it, else ffmpeg reads it. */
export function openCamera(setting: string, options?: FfmpegCameraOptions): Camera | PageCamera {
  return setting === '' ? openPageCamera() : openFfmpegCamera(parseCameraSource(setting), options);
}
