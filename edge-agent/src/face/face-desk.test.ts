import type { RgbFrame } from '@sightline/models';
import { expect, test, vi } from 'vitest';
import { openFaceDesk } from '#face/face-desk.ts';
import { Gallery } from '#face/gallery.ts';
import { openScriptedCamera } from '#kiosk/testing/scripted-camera.ts';
import { scriptedEyes, scriptedFace } from '#kiosk/testing/scripted-eyes.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';

test('nobody is looked at unasked while that may not be, and somebody who asked is', async () => {
  await using dir = await temporaryDir();
  const seeing = scriptedEyes();
  const find = vi.fn((frame: RgbFrame) => seeing.find(frame));
  const eyes = { ...seeing, find };
  eyes.show([scriptedFace(0)]);
  const gallery = await Gallery.open({ dir: dir.path, model: eyes.model });
  await gallery.put('p', scriptedFace(0).template);
  let mayLook = false;
  const camera = openScriptedCamera();
  using desk = openFaceDesk({
    camera,
    eyes,
    gallery,
    randomness: () => 0,
    isEnabled: () => true,
    mayLookUnasked: () => mayLook,
    isOnDuty: () => false,
    onGuide: () => undefined,
    onEnd: () => undefined,
    onChange: () => undefined,
  });
  camera.shoot();
  expect(find).not.toHaveBeenCalled();
  expect(desk.startCheckIn()).toBeNull();
  expect(desk.session()).toBe('check-in');
  desk.cancel();
  mayLook = true;
  camera.shoot();
  expect(find).toHaveBeenCalledTimes(1);
});
