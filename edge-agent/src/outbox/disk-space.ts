import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Refusal, refuse } from '@sightline/contracts';

export function freeBytes(file: string): number {
  const { bavail, bsize } = statfsSync(dirname(file));
  return bavail * bsize;
}

/** Refuses to append while the disk has less than its headroom, so that draining never lacks space. */
export function diskRefusal(file: string, headroomBytes: number): Refusal | null {
  const free = freeBytes(file);
  if (free >= headroomBytes) return null;
  return refuse(
    'disk-full',
    `The terminal's disk is full (${toMb(free)} MB free, ${toMb(headroomBytes)} MB needed): free some space, then try again.`,
  );
}

function toMb(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(1);
}
