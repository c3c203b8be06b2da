import type { CameraReport } from '#camera/camera.ts';
import { nameOf, type CameraSource } from '#camera/camera-source.ts';

/** What a camera's end means, from what ffmpeg said last. */
export function cameraFault(source: CameraSource, complaint: string): CameraReport {
  const name = nameOf(source);
  if (/No such file or directory|No such device/i.test(complaint)) {
    return { state: 'absent', detail: `${name} is not there. Check the camera setting.` };
  }
  if (/Device or resource busy/i.test(complaint)) {
    return { state: 'busy', detail: `${name} is in use by another program. Close that program.` };
  }
  if (/Permission denied/i.test(complaint)) {
    return { state: 'failed', detail: `${name} may not be read by this user. Grant read access.` };
  }
  if (/401 Unauthorized/i.test(complaint)) {
    return { state: 'failed', detail: `${name} refuses the user name or password.` };
  }
  if (/Connection refused|timed out|No route|Network is unreachable/i.test(complaint)) {
    return { state: 'failed', detail: `${name} does not answer. Check its power and network.` };
  }
  return { state: 'failed', detail: `${name} gives no pictures. Check that it is a video source.` };
}

/** ffmpeg itself could not be started. */
export function ffmpegFault(code: string | undefined): CameraReport {
  const detail =
    code === 'ENOENT'
      ? 'ffmpeg is not installed. Install it: apt-get install ffmpeg.'
      : `ffmpeg does not start (${code ?? 'unknown reason'}). Install it again: apt-get install --reinstall ffmpeg.`;
  return { state: 'failed', detail };
}
