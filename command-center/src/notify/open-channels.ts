import type { Channel, Channels } from './channel.ts';
import type { NotifyConfig } from './notify-config.ts';
import { postJson } from './post-json.ts';
import { sendEmail } from './send-email.ts';

/** The ways out this installation was configured with. */
export function openChannels({ smtp, webhook, sms }: NotifyConfig): Channels {
  const ways: ['email' | 'sms' | 'webhook', Channel][] = [];
  if (smtp !== null) ways.push(['email', sendEmail(smtp)]);
  if (sms !== null) ways.push(['sms', postJson(sms)]);
  if (webhook !== null) ways.push(['webhook', postJson(webhook)]);
  return new Map(ways);
}
