import { openSecretKey } from '#face/secret-key.ts';

/** The token that opens this terminal's kiosk: made once, kept with the terminal. */
export async function openKioskToken(dir: string): Promise<string> {
  return (await openSecretKey(dir, 'kiosk.token')).toString('hex');
}

/** The page's address with its token; whoever has it may use the kiosk. */
export function kioskLink(port: number, token: string): string {
  return `http://127.0.0.1:${port}/#token=${token}`;
}
