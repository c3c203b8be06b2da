import { once } from 'node:events';
import { createServer } from 'node:net';

/** Offsets from the port base. */
export const portOffsets = {
  centre: 0,
  mqtt: 1,
  kiosk: 3,
  postgres: 4,
  brokerHttp: 5,
  media: 10,
} as const;

/** Where pictures and voices come in, over UDP and TCP: the media server takes what is free of them. */
export function mediaPortsFrom(base: number): string {
  return `${base + 20}-${base + 99}`;
}

export type Ports = Readonly<Record<keyof typeof portOffsets, number>>;

export function portsFrom(base: number): Ports {
  return {
    centre: base + portOffsets.centre,
    mqtt: base + portOffsets.mqtt,
    kiosk: base + portOffsets.kiosk,
    postgres: base + portOffsets.postgres,
    brokerHttp: base + portOffsets.brokerHttp,
    media: base + portOffsets.media,
  };
}

/** Throws one sentence naming every port that another program holds. */
export async function requireFreePorts(ports: Readonly<Record<string, number>>): Promise<void> {
  const busy: string[] = [];
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isFree(port))) busy.push(`${port} (${name})`);
  }
  if (busy.length === 0) return;
  throw new Error(
    `In use by another program: port ${busy.join(', ')}. Stop it (\`ss -ltnp\` names it), or choose other ports with --port-base N.`,
  );
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false; // EADDRINUSE is the answer, not a fault.
  } finally {
    server.close();
  }
}
