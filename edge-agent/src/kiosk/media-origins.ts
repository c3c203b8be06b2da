import type { KioskRecords } from '#kiosk/kiosk-records.ts';
import { kioskLimits } from '#kiosk/limits.ts';
import type { Terminal } from '#terminal.ts';

/**
 * Where the page may signal to (`ws://host:port`) and fetch slides from (`http://host:port`): the media servers
 * of meetings it is told of, or was lately.
 */
export function mediaOriginsOf({
  terminal,
  records,
}: {
  readonly terminal: Pick<Terminal, 'desired'>;
  readonly records: KioskRecords;
}): readonly string[] {
  const told = (terminal.desired()?.meetings ?? []).map(({ mediaUrl }) => mediaUrl);
  const hosts = new Set([...told, ...records.meetings.mediaUrls()].flatMap(hostOf));
  return [...hosts]
    .slice(0, kioskLimits.mediaOrigins)
    .flatMap((host) => [`ws${host}`, `http${host}`]);
}

/** `://host:port` or `s://host:port`; none for what is no http address: a policy is not made of anything else. */
function hostOf(mediaUrl: string): string[] {
  if (!URL.canParse(mediaUrl)) return [];
  const { protocol, host } = new URL(mediaUrl);
  if (protocol !== 'http:' && protocol !== 'https:') return [];
  return [`${protocol === 'https:' ? 's' : ''}://${host}`];
}
