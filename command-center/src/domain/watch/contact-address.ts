import { refuse, type Refusal } from '@sightline/contracts';

/** One mailbox, as people have them: no display name, no list, no quoted part (RFC 5321 4.1.2, narrowed). */
const mailbox =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,188}[A-Za-z0-9])?$/;
/** Digits, with a country code or without; spaces and hyphens are taken out. */
const number = /^\+?[0-9]{5,15}$/;

/** The address as it is kept, or why nobody can be told there. */
export function tidyAddress(channel: 'email' | 'sms', text: string): string | Refusal {
  if (channel === 'email') {
    const address = text.trim();
    if (mailbox.test(address) && !address.includes('..')) return address;
    return refuse('no-address', `"${address}" is no e-mail address such as name@example.org.`);
  }
  const tidy = text.replaceAll(/[\s-]/g, '');
  if (number.test(tidy)) return tidy;
  return refuse('no-address', `"${text}" is no telephone number: 5 to 15 digits.`);
}

/** What a page shows of it: enough to know it again. */
export function maskAddress(channel: 'email' | 'sms', address: string): string {
  if (channel === 'sms')
    return `${'*'.repeat(Math.max(3, address.length - 2))}${address.slice(-2)}`;
  const [name = '', domain = ''] = address.split('@');
  return `${name.slice(0, 1)}***@${domain}`;
}
