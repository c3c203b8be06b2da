import type { HeadPose } from '#domain/face.ts';
import { softmax } from '#domain/softmax.ts';

/** Degrees a bin, and the angle of bin 0: the network's 66 bins cover −99° to 96°. */
const BIN_DEG = 3;
const FIRST_DEG = -99;

/** The pose network's three rows of bins as angles: each the expectation over its bins. */
export function headPose(bins: {
  yaw: ArrayLike<number>;
  pitch: ArrayLike<number>;
  roll: ArrayLike<number>;
}): HeadPose {
  return {
    yawDeg: expectedDeg(bins.yaw),
    pitchDeg: expectedDeg(bins.pitch),
    rollDeg: expectedDeg(bins.roll),
  };
}

function expectedDeg(logits: ArrayLike<number>): number {
  const expected = softmax(logits).reduce((sum, share, bin) => sum + share * bin, 0);
  return expected * BIN_DEG + FIRST_DEG;
}
