import { createHmac } from 'node:crypto';
import type { Channel, Outgoing, Sent } from './channel.ts';
import type { Door } from './notify-config.ts';

/**
 * POSTs the message as JSON: a webhook, or the gateway of an SMS provider. `sightline-signature` is
 * base64url(HMAC-SHA-256(secret, body)); a repetition carries the same `notificationId`. 2xx = taken;
 * 4xx other than 408 and 429 = never.
 */
export function postJson({ url, secret }: Door): Channel {
  return {
    async send({ subject: _subject, ...message }: Outgoing, signal): Promise<Sent> {
      const body = JSON.stringify(message);
      const signature = createHmac('sha256', secret).update(body).digest('base64url');
      try {
        const reply = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'sightline-signature': signature },
          body,
          signal,
          redirect: 'error',
        });
        await reply.body?.cancel();
        return judge(reply.status);
      } catch (error) {
        return { isSent: false, again: true, detail: reasonOf(error) };
      }
    },
  };
}

function judge(status: number): Sent {
  const detail = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { isSent: true, detail };
  const again = status >= 500 || status === 408 || status === 429;
  return { isSent: false, again, detail };
}

/** What the network said, without addresses: a code where there is one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause: unknown = error.cause ?? error;
  if (typeof cause === 'object' && cause !== null && 'code' in cause) return String(cause.code);
  return error.name;
}
