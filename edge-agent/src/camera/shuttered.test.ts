import { expect, test } from 'vitest';
import { openPageCamera } from './page-camera.ts';
import { shuttered } from './shuttered.ts';

const frame = { width: 1, height: 1, pixels: new Uint8Array(3) };

test('no frame passes a shut shutter, and the next one does when it is opened', () => {
  const camera = openPageCamera();
  let isShut = false;
  let seen = 0;
  shuttered(camera, () => isShut).onFrame(() => {
    seen += 1;
  });
  for (isShut of [false, true, true, false]) camera.offer(frame);
  expect(seen).toBe(2);
});
