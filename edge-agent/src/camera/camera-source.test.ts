import { expect, test } from 'vitest';
import { parseCameraSource } from './camera-source.ts';

test.each([
  ['/dev/video0', 'v4l2'],
  ['/dev/v4l/by-id/usb-camera-index0', 'v4l2'],
  ['/dev/shm/films/act.mkv', 'file'],
  ['/srv/films/act.mkv', 'file'],
  ['sample:/srv/films/act.mkv', 'sample'],
  ['rtsp://viewer:secret@10.0.0.7/stream', 'rtsp'],
])('the camera %s is read as %s', (text, kind) => {
  expect(parseCameraSource(text).kind).toBe(kind);
});
