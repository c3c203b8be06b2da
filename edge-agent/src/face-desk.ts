/** The face sessions without a kiosk, for measurements. */
export { drawOf } from '#domain/challenge.ts';
export { openPageCamera } from '#camera/page-camera.ts';
export { openEyes } from '#face/eyes.ts';
export { openFaceDesk } from '#face/face-desk.ts';
export { Gallery } from '#face/gallery.ts';
