import {
  forgetNotifications,
  noteDelivered,
  readSealedPoint,
  takeNotifications,
  topRegions,
  listDivisions,
  type Delivered,
  type Store,
  type TakenNotification,
} from '@sightline/store';
import { composeMessage } from '#domain/watch/compose-message.ts';
import { dutyNameOf } from '#domain/watch/duty-name.ts';
import type { Channels, Outgoing, Sent } from '#notify/channel.ts';
import { instantText } from './instant-text.ts';
import { liveLimits } from './limits.ts';
import { startLoop, type Loop } from './loop.ts';

export interface DeliveryDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly onError: (error: unknown) => void;
  readonly channels: Channels;
  /** Opens a sealed address; null = there is no key, or it is another's. */
  readonly openAddress: (sealed: Buffer) => string | null;
  readonly consoleUrl: string | null;
}

/** 送达. Sends what waits, one process a message at a time, and writes down how it went. */
export function startDelivery(deps: DeliveryDeps): Loop {
  return startLoop({
    everyMs: liveLimits.deliveryMs,
    onError: deps.onError,
    work: async (signal) => {
      while (!signal.aborted && (await deliverDue(deps, signal)) > 0);
      const before = deps.now().subtract({ hours: 24 * liveLimits.notificationDays });
      await forgetNotifications(deps.store.pool, { before, limit: 1_000 });
    },
  });
}

/** Sends a bounded number of messages that are due; resolves to how many were tried. */
export async function deliverDue(deps: DeliveryDeps, signal: AbortSignal): Promise<number> {
  const taken = await takeNotifications(deps.store, {
    now: deps.now(),
    leaseMs: liveLimits.deliveryLeaseMs,
    limit: liveLimits.deliveriesAtOnce,
  });
  if (taken.length === 0) return 0;
  const nameOf = await placeNamer(deps.store);
  await Promise.all(
    taken.map(async (notification) => {
      const sent = await trySending(deps, { notification, nameOf, signal });
      // Stopped in the middle: it is free for the next process when its lease ends.
      if (signal.aborted && !sent.isSent) return;
      const now = deps.now();
      const outcome = { ...judge(sent, notification.attempts, now), now };
      await noteDelivered(deps.store.pool, notification, outcome);
    }),
  );
  return taken.length;
}

interface Try {
  readonly notification: TakenNotification;
  readonly nameOf: (region: string) => string;
  readonly signal: AbortSignal;
}

async function trySending(
  deps: DeliveryDeps,
  { notification, nameOf, signal }: Try,
): Promise<Sent> {
  const { channel: way, recipient, notificationId } = notification;
  if (way === 'console') return { isSent: true, detail: null };
  const channel = deps.channels.get(way);
  if (channel === undefined) return { isSent: false, again: false, detail: 'channel-not-set-up' };
  const to = way === 'webhook' ? undefined : await addressOf(deps, { recipient, channel: way });
  if (to === null) return { isSent: false, again: false, detail: 'no-contact-point' };
  const message = {
    notificationId,
    at: instantText(Temporal.Instant.from(notification.madeAt)),
    ...wordsOf(notification, { nameOf, consoleUrl: deps.consoleUrl }),
    ...(to === undefined ? {} : { to }),
  };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(liveLimits.sendMs)]);
  return channel.send(message, limit);
}

function wordsOf(
  { rung, cause, subjects }: TakenNotification,
  { nameOf, consoleUrl }: { readonly nameOf: Try['nameOf']; readonly consoleUrl: string | null },
): Pick<Outgoing, 'rung' | 'cause' | 'regions' | 'subject' | 'text'> {
  const duties = subjects.map(dutyNameOf);
  const { subject, text } = composeMessage({ rung, cause, duties }, nameOf);
  const regions = [...new Set(duties.map(({ region }) => region))];
  return {
    rung,
    cause,
    regions,
    subject,
    text: consoleUrl === null ? text : `${text}\n\n${consoleUrl}`,
  };
}

async function addressOf(
  { store, openAddress }: DeliveryDeps,
  point: { readonly recipient: string; readonly channel: 'email' | 'sms' },
): Promise<string | null> {
  const sealed = await readSealedPoint(store.pool, point);
  return sealed === null ? null : openAddress(sealed);
}

/** Tried again after 30 s, doubled each time up to an hour, eight times in all. */
function judge(sent: Sent, attempts: number, now: Temporal.Instant): Delivered {
  if (sent.isSent) return { state: 'sent', detail: sent.detail };
  const isOver = !sent.again || attempts >= liveLimits.deliveryAttempts;
  if (isOver) {
    const isNowhere = ['no-contact-point', 'channel-not-set-up'].includes(sent.detail);
    return { state: isNowhere ? 'unreachable' : 'failed', detail: sent.detail };
  }
  const waitMs = Math.min(liveLimits.deliveryWaitMs * 2 ** (attempts - 1), 3_600_000);
  return { state: 'waiting', detail: sent.detail, nextAt: now.add({ milliseconds: waitMs }) };
}

async function placeNamer(store: Store): Promise<(region: string) => string> {
  const tops = await topRegions(store.pool);
  const rows = (await Promise.all(tops.map((top) => listDivisions(store.pool, top)))).flat();
  const names = new Map(rows.map(({ region, name }) => [region, name]));
  return (region) =>
    [6, 9, 12]
      .filter((digits) => digits <= region.length)
      .map((digits) => names.get(region.slice(0, digits)) ?? region.slice(0, digits))
      .join('');
}
