import { useKiosk } from './use-kiosk.ts';

/** Why no face is looked at now, as a refusal's code; null: faces are looked at. */
export function useFaceTrouble(): string | null {
  const { faceEnabled, faceLockedUntil, parts } = useKiosk();
  if (!faceEnabled) return 'face-disabled';
  if (parts.find(({ name }) => name === 'faces')?.state === 'down') return 'face-unavailable';
  return faceLockedUntil === null ? null : 'face-locked';
}
