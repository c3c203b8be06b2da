import { readdirSync, readFileSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import type { DeviceHealth } from '@sightline/contracts';

const bytesPerMb = 1024 ** 2;
/** Sensors of a kind of machine that has many. */
const zonesAtMost = 32;
const thermalFolder = '/sys/class/thermal';

/** Disk, memory and temperature now. Small reads of the kernel's own files: a heartbeat asks twice a minute. */
export function readMachine(dir: string, thermal = thermalFolder): Omit<DeviceHealth, 'selfTest'> {
  const { bavail, blocks, bsize } = statfsSync(dir);
  return {
    diskFreeMb: Math.floor((bavail * bsize) / bytesPerMb),
    diskTotalMb: Math.floor((blocks * bsize) / bytesPerMb),
    memoryFreeMb: Math.floor(freemem() / bytesPerMb),
    temperatureC: hottest(thermal),
  };
}

/** The hottest of the kernel's thermal zones, which speak in thousandths of a degree. */
function hottest(folder: string): number | null {
  const degrees = zonesIn(folder).flatMap((zone) => {
    const thousandths = Number(textOf(join(folder, zone, 'temp')));
    // A zone that is switched off says nothing, 0 or something no machine survives.
    const isPlausible = thousandths > -60_000 && thousandths < 200_000 && thousandths !== 0;
    return isPlausible ? [Math.round(thousandths / 100) / 10] : [];
  });
  return degrees.length === 0 ? null : Math.max(...degrees);
}

function zonesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.startsWith('thermal_zone'))
      .slice(0, zonesAtMost);
  } catch {
    return []; // A machine without sensors, or one that is no Linux.
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return 'unreadable'; // A zone may refuse to be read while its device sleeps.
  }
}
