import { carriesVideo, meetingLimits, type SignalWords } from '@sightline/contracts';
import type { MeetingSnapshot } from '#meeting-client.ts';

/**
 * The links of the room after some have changed, as many as it has seats, and the page's own one;
 * `isBack`: video comes down it again.
 */
export function foldLinks(
  { links: before, seatId, own: ownBefore }: Pick<MeetingSnapshot, 'links' | 'seatId' | 'own'>,
  changed: Parameters<SignalWords['links']>[0],
): Pick<MeetingSnapshot, 'links' | 'own'> & { readonly isBack: boolean } {
  const links = new Map([...before, ...changed.map((link) => [link.seatId, link] as const)]);
  const [first] = links.keys();
  if (links.size > meetingLimits.seats && first !== undefined) links.delete(first);
  const own = (seatId === null ? undefined : links.get(seatId)) ?? ownBefore;
  const wasWithout = ownBefore !== null && !carriesVideo(ownBefore.down);
  return { links, own, isBack: wasWithout && own !== null && carriesVideo(own.down) };
}
