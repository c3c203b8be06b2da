import { Secret, TOTP } from 'otpauth';
import { openSession, type WebClient } from './web-client.ts';

/** An administrator who came in by their link, set up a second factor and proved it. */
export async function openAdministrator(link: string, login: string): Promise<WebClient> {
  const credentials = { login, password: 'a long enough password' };
  const client = await openSession(link, {
    path: '/api/session/link',
    key: 'sign-in',
    more: credentials,
  });
  const { body } = await client.post('/api/second-factor', {});
  const code = TOTP.generate({ secret: Secret.fromBase32(String(body['secret'])) });
  const confirmed = await client.post('/api/second-factor/confirm', { code });
  if (confirmed.status !== 201) throw new Error(`No second factor: ${confirmed.status}`);
  return client;
}
