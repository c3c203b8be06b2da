import type { KioskState } from '@sightline/contracts';
import { isOpen, ringingCheck } from '#domain/spot-check.ts';
import type { KioskRecords } from '#kiosk/kiosk-records.ts';
import type { Terminal } from '#terminal.ts';

/** What the page shows of spot checks: the one that rings, and who called the village and why. */
export function readChecks(
  { terminal, records }: { readonly terminal: Terminal; readonly records: KioskRecords },
  now: Temporal.Instant,
): Pick<KioskState, 'ringing' | 'checks'> {
  const checks = terminal.desired()?.checks ?? [];
  const known = records.checks();
  const time = { now, isCertain: terminal.state().clockCertain };
  return {
    ringing: ringingCheck(checks, known, time)?.checkId ?? null,
    checks: checks.map((check) => {
      const mine = known.find(({ checkId }) => checkId === check.checkId);
      return {
        ...check,
        isOpen: isOpen(check, time),
        deliveredAt: mine?.deliveredAt ?? null,
        answeredAt: mine?.answeredAt ?? null,
        answeredBy: mine?.personId ?? null,
        callAskedAt: mine?.callAskedAt ?? null,
      };
    }),
  };
}
