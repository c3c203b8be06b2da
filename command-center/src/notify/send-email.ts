import { createTransport } from 'nodemailer';
import type { Channel, Sent } from './channel.ts';
import type { NotifyConfig } from './notify-config.ts';
import { reasonOf } from './post-json.ts';

const connectMs = 10_000;
const silenceMs = 20_000;

/**
 * E-mail over SMTP (RFC 5321): STARTTLS where the server offers it, smtps:// from the first byte. The
 * Message-ID is the notification's, so that a repetition is known as one (RFC 5322 3.6.4).
 */
export function sendEmail({ url, from }: NonNullable<NotifyConfig['smtp']>): Channel {
  const transport = createTransport(url, { from });
  Object.assign(transport.options, {
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
  });
  return {
    async send({ to, subject, text, notificationId }): Promise<Sent> {
      if (to === undefined) return { isSent: false, again: false, detail: 'no-contact-point' };
      try {
        await transport.sendMail({
          to,
          subject,
          text,
          messageId: `<${notificationId}@sightline>`,
          disableFileAccess: true,
          disableUrlAccess: true,
          // An address with a line break or a second one in it is no address of ours.
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { isSent: true, detail: null };
      } catch (error) {
        return { isSent: false, again: !isFinal(error), detail: codeOf(error) };
      }
    },
  };
}

/** 5xx: the server will never take it (RFC 5321 4.2.1). */
function isFinal(error: unknown): boolean {
  return responseOf(error) >= 500;
}

function codeOf(error: unknown): string {
  const response = responseOf(error);
  return response > 0 ? `SMTP ${response}` : reasonOf(error);
}

function responseOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('responseCode' in error)) return 0;
  return typeof error.responseCode === 'number' ? error.responseCode : 0;
}
