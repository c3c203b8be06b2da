import type { FaceEvidence } from '@sightline/contracts';
import type { Camera } from '#camera/camera.ts';
import type { CheckInOutcome } from '#domain/check-in-session.ts';
import type { FaceRule } from '#domain/face-session.ts';
import type { Eyes } from '#face/eyes.ts';

interface Circumstances {
  readonly rule: FaceRule;
  readonly eyes: Pick<Eyes, 'model'>;
  readonly camera: Pick<Camera, 'isSample'>;
}

/** What a fact says of how a person was recognised: the lowest numbers of all its frames, no feature. */
export function evidenceOf(
  { agreed, challenge }: Extract<CheckInOutcome, { kind: 'matched' }>,
  { rule, eyes, camera }: Circumstances,
): FaceEvidence {
  return {
    model: eyes.model?.id ?? '',
    similarity: rounded(agreed.similarity),
    margin: rounded(agreed.margin),
    threshold: rule.threshold,
    frames: agreed.frames,
    liveness: rounded(agreed.liveness),
    challenge,
    ...(camera.isSample ? { sampleCamera: true } : {}),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
