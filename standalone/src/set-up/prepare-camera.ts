import { join } from 'node:path';
import { makeSampleFilm } from '@sightline/models';
import type { StartOptions } from '../options.ts';
import type { Progress } from '../progress.ts';

export interface DemoCamera {
  /** As the agent takes it; '' = the kiosk page owns the camera. */
  readonly setting: string;
  /** A recording plays before it, and every page says so. */
  readonly isSample: boolean;
}

/** What `--camera` means for the demo's terminal; `sample` is made ready here. */
export async function prepareCamera(
  { camera, dataDir }: Pick<StartOptions, 'camera' | 'dataDir'>,
  progress: Progress,
): Promise<DemoCamera> {
  if (camera !== 'sample') {
    return { setting: camera, isSample: camera !== '' && !/^(rtsps?:|\/dev\/)/.test(camera) };
  }
  const film = await progress.step('sample film', async (report) => {
    const onProgress = ({ doneBytes, totalBytes }: { doneBytes: number; totalBytes: number }) =>
      report(`${(doneBytes / 1e6).toFixed(1)} of ${(totalBytes / 1e6).toFixed(1)} MB`);
    return makeSampleFilm(join(dataDir, 'sample-camera.mkv'), { onProgress });
  });
  return { setting: `sample:${film}`, isSample: true };
}
