/*
 * What tests do inside a page to its RTCPeerConnections. Playwright sends each function's own text alone, so none of
 * them uses anything of this file.
 */

/** The way that one transport's media takes. */
export interface MediaPath {
  /** `host` straight on, `relay` through a relay. */
  readonly near: string;
  /** How the page reaches its relay; null where it takes none. */
  readonly relayedOver: string | null;
  readonly protocol: string;
  readonly farPort: number;
}

/** Before anything else in the page: a way without a relay does not count. */
export function relayOnly(): void {
  const Plain = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Plain {
    constructor(config: RTCConfiguration = {}) {
      super({ ...config, iceTransportPolicy: 'relay' });
    }
  };
}

/** Before anything else in the page: its connections can be asked for their ways later. */
export function keepConnections(): void {
  const connections = new Set<RTCPeerConnection>();
  Object.assign(globalThis, { connections });
  const Plain = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Plain {
    constructor(config: RTCConfiguration = {}) {
      super(config);
      connections.add(this);
    }
  };
}

/** How many connections the page has made so far. */
export function countConnections(): number {
  // `keepConnections` put it there.
  return (globalThis as unknown as { connections: Set<RTCPeerConnection> }).connections.size;
}

/** The ways of all connections that stand. */
export async function readPaths(): Promise<readonly MediaPath[]> {
  // `keepConnections` put it there.
  const { connections } = globalThis as unknown as { connections: Set<RTCPeerConnection> };
  const paths: MediaPath[] = [];
  for (const connection of connections) {
    if (connection.connectionState !== 'connected') continue;
    const report = await connection.getStats();
    // Of lib.dom's stats these fields alone are read; all of them are in webrtc-stats.
    const all = [...(report as unknown as Map<string, Record<string, unknown>>).values()];
    const of = (id: unknown) => all.find((one) => one['id'] === id);
    const pair = of(all.find(({ type }) => type === 'transport')?.['selectedCandidatePairId']);
    const [near, far] = [of(pair?.['localCandidateId']), of(pair?.['remoteCandidateId'])];
    paths.push({
      near: String(near?.['candidateType']),
      relayedOver: typeof near?.['relayProtocol'] === 'string' ? near['relayProtocol'] : null,
      protocol: String(near?.['protocol']),
      farPort: Number(far?.['port']),
    });
  }
  return paths;
}

/** Packets of voices that all connections that stand have sent and received so far. */
export async function readVoicePackets(): Promise<{
  readonly sent: number;
  readonly received: number;
}> {
  // As above.
  const { connections } = globalThis as unknown as { connections: Set<RTCPeerConnection> };
  let [sent, received] = [0, 0];
  for (const connection of connections) {
    if (connection.connectionState !== 'connected') continue;
    const report = await connection.getStats();
    for (const one of (report as unknown as Map<string, Record<string, unknown>>).values()) {
      if (one['kind'] !== 'audio') continue;
      if (one['type'] === 'outbound-rtp') sent += Number(one['packetsSent']);
      if (one['type'] === 'inbound-rtp') received += Number(one['packetsReceived']);
    }
  }
  return { sent, received };
}
