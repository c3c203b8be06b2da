import type { LadderCause, NotificationChannel, Region, Rung } from '@sightline/contracts';
import type { OpenLadder } from './open-ladders.ts';

export interface Officer {
  readonly accountId: string;
  readonly region: Region;
}

/** A rung that is climbed now, and who stands on it: account:…, person:… */
export interface Climb {
  readonly subject: string;
  readonly region: Region;
  readonly rung: Rung;
  readonly cause: LadderCause;
  readonly recipients: readonly string[];
}

/** One message: what a recipient is told at once, however many duties it is about. */
export interface Message {
  readonly recipient: string;
  readonly rung: Rung;
  readonly cause: LadderCause;
  readonly subjects: readonly string[];
}

/** Who is told by whom: a message, the way it takes, or why it cannot. */
export interface Dispatch extends Message {
  readonly channel: NotificationChannel;
  readonly state: 'waiting' | 'sent' | 'unreachable';
  readonly detail: string | null;
}

/** The regions whose officers stand on these ladders' upper rungs. */
export function officerRegions(ladders: readonly OpenLadder[]): Region[] {
  return [...new Set(ladders.flatMap(({ region }) => [9, 6, 4].map((n) => region.slice(0, n))))];
}

/** What is due of the open ladders. */
export function planClimbs(ladders: readonly OpenLadder[], officers: readonly Officer[]): Climb[] {
  const byRegion = Map.groupBy(officers, ({ region }) => region);
  const accountsOf = (region: Region) =>
    (byRegion.get(region) ?? []).map(({ accountId }) => `account:${accountId}`);
  const recipientsOf = ({ region, duty }: OpenLadder, rung: Rung): readonly string[] => {
    if (rung === 'remind') return duty.personId === null ? [] : [`person:${duty.personId}`];
    if (rung === 'fallback') return duty.fallbackId === null ? [] : [`person:${duty.fallbackId}`];
    if (rung === 'township') return accountsOf(region.slice(0, 9));
    // A county without an officer of its own is looked after by its prefecture.
    const county = accountsOf(region.slice(0, 6));
    return county.length > 0 ? county : accountsOf(region.slice(0, 4));
  };
  return ladders.flatMap((open) => {
    const { due } = open.ladder;
    if (due === null) return [];
    const { subject, region, cause } = open;
    return [{ subject, region, rung: due, cause, recipients: recipientsOf(open, due) }];
  });
}

/** One message a recipient, rung and cause: a county in the dark is one, not one a village. */
export function groupMessages(climbs: readonly Climb[]): Message[] {
  const told = climbs.flatMap((climb) =>
    climb.recipients.map((recipient) => ({ ...climb, recipient })),
  );
  const groups = Map.groupBy(told, ({ recipient, rung, cause }) => `${recipient} ${rung} ${cause}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { recipient, rung, cause } = first;
    return [{ recipient, rung, cause, subjects: group.map(({ subject }) => subject) }];
  });
}

/**
 * The ways each message takes. An account always finds it in the console; somebody who can be told no
 * way is written down as that, so that nobody believes they were told.
 */
export function dispatch(
  messages: readonly Message[],
  reach: {
    readonly points: readonly { readonly recipient: string; readonly channel: 'email' | 'sms' }[];
    readonly channels: readonly NotificationChannel[];
  },
): Dispatch[] {
  const byRecipient = Map.groupBy(reach.points, ({ recipient }) => recipient);
  return messages.flatMap((message): Dispatch[] => {
    const points = (byRecipient.get(message.recipient) ?? []).map(({ channel }) => channel);
    const ways = points.filter((channel) => reach.channels.includes(channel));
    const outside = ways.map((channel) => waiting(message, channel));
    if (message.recipient.startsWith('account:')) {
      return [{ ...message, channel: 'console', state: 'sent', detail: null }, ...outside];
    }
    if (outside.length > 0) return outside;
    const detail = points.length === 0 ? 'no-contact-point' : 'channel-not-set-up';
    return [{ ...message, channel: points[0] ?? 'sms', state: 'unreachable', detail }];
  });
}

function waiting(message: Message, channel: NotificationChannel): Dispatch {
  return { ...message, channel, state: 'waiting', detail: null };
}

/** What the webhook hears: each rung that was climbed, also one on which nobody stands. */
export function forWebhook(climbs: readonly Climb[]): Dispatch[] {
  const groups = Map.groupBy(climbs, ({ rung, cause }) => `${rung} ${cause}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { rung, cause } = first;
    const subjects = group.map(({ subject }) => subject);
    return [waiting({ recipient: 'webhook', rung, cause, subjects }, 'webhook')];
  });
}
