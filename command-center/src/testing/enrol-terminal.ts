import { isRefusal } from '@sightline/contracts';
import {
  createTerminal,
  enrolSource,
  factInstant,
  issueEnrolmentCode,
  type Store,
} from '@sightline/store';

/** A terminal of that village with a device key nobody holds. */
export async function enrolTerminal(store: Store, region: string): Promise<string> {
  const terminalId = `${region}-1`;
  const now = factInstant(Temporal.Now.instant());
  await createTerminal(store, { terminalId, region, simulated: true });
  const code = await issueEnrolmentCode(store.pool, terminalId, now);
  const fingerprint = `test${region.padStart(39, '0')}`;
  const enrolled = await enrolSource(store, { code, publicKey: fingerprint, fingerprint, now });
  if (isRefusal(enrolled)) throw new Error(enrolled.detail);
  return terminalId;
}
