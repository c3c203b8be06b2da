import { isRefusal } from '@sightline/contracts';
import { readConfig } from './config.ts';
import { kioskLink, openKioskToken } from '#kiosk/kiosk-link.ts';

/**
 * Prints the link of this terminal's kiosk, for whoever sets up its browser: a service has nobody to
 * tell it to. Whoever may run this holds the terminal's folder anyway.
 */
const config = readConfig(process.env);
if (isRefusal(config)) {
  process.stderr.write(`${config.detail}\n`);
  process.exitCode = 2;
} else {
  const { dir, kioskPort } = config;
  const token = await openKioskToken(dir).catch((fault: unknown) => {
    const reason = fault instanceof Error ? fault.message : String(fault);
    process.stderr.write(
      `The terminal of ${dir} has no link yet; start it once first. ${reason}\n`,
    );
    process.exit(1);
  });
  process.stdout.write(`${kioskLink(kioskPort, token)}\n`);
}
