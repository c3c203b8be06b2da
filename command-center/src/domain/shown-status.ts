import type { LiveCell, PartHealth, VillageStatus } from '@sightline/contracts';
import { pulseSilenceMs } from './live-limits.ts';

/** Why the page does not vouch for what it shows; `none` = it does. `since` null = never known. */
export type Doubt =
  | { readonly kind: 'none' }
  | { readonly kind: 'link' | 'database' | 'projector' | 'broker'; readonly since: string | null };

export interface LinkToCentre {
  /** When the page last heard a pulse, by its own monotonic clock in ms; null = never. */
  readonly pulseAtMs: number | null;
  /** The same moment as an instant to show. */
  readonly pulseAt: string | null;
}

/** Parts without which a status would be a memory; the nearest to the page is named first. */
const needed = ['database', 'projector', 'broker'] as const;

/** What to doubt now. A page that has heard nothing for 3 s no longer knows anything. */
export function doubtOf(link: LinkToCentre, health: readonly PartHealth[], nowMs: number): Doubt {
  const isSilent = link.pulseAtMs === null || nowMs - link.pulseAtMs > pulseSilenceMs;
  if (isSilent) return { kind: 'link', since: link.pulseAt };
  const broken = needed
    .map((name) => health.find((part) => part.name === name))
    .find((part) => part !== undefined && part.state !== 'up');
  if (broken === undefined) return { kind: 'none' };
  const kind = needed.find((name) => name === broken.name) ?? 'projector';
  return { kind, since: broken.since };
}

/** The status to paint: never a remembered one. Not equipped stays: that is register, not link. */
export function shownStatus(
  cell: Pick<LiveCell, 'status' | 'since'>,
  doubt: Doubt,
): { readonly status: VillageStatus; readonly since: string | null } {
  const { status, since } = cell;
  if (doubt.kind === 'none' || status === 'not-equipped' || status === 'unknown') {
    return { status, since };
  }
  return { status: 'unknown', since: doubt.since };
}
