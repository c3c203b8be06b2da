import type { Device } from '@sightline/broker/testing';
import { prefecture5402 } from '@sightline/contracts/divisions';

/** A terminal that a load process plays. */
export interface DevicePlace {
  readonly terminalId: string;
  readonly region: string;
}

/** What has to be known of its key to enrol it. */
export interface DeviceKey extends DevicePlace {
  readonly source: string;
  /** SPKI DER, base64url. */
  readonly publicKey: string;
}

/** That many terminals, spread evenly over the 1,693 villages; more than those share villages. */
export function devicePlaces(count: number): DevicePlace[] {
  const villages = prefecture5402.filter(({ level }) => level === 'village');
  return Array.from({ length: count }, (_, index) => {
    const stride = count < villages.length ? Math.floor(villages.length / count) : 1;
    const region = villages[(index * stride) % villages.length]?.code ?? '';
    return { region, terminalId: `t-${region}-${index}` };
  });
}

export function keyOf({ terminalId, region, source, publicKey }: Device): DeviceKey {
  return { terminalId, region, source, publicKey };
}
