import type { Camera } from '#camera/camera.ts';

/** What whoever looks at faces needs of the camera. */
export type Sight = Pick<Camera, 'owner' | 'isSample' | 'report' | 'onFrame'>;

/** The camera behind its shutter: no frame passes while it is shut. */
export function shuttered(camera: Camera, isShut: () => boolean): Sight {
  return {
    owner: camera.owner,
    get isSample() {
      return camera.isSample;
    },
    report: () => camera.report(),
    onFrame: (listener) =>
      camera.onFrame((frame) => {
        if (!isShut()) listener(frame);
      }),
  };
}
