import { generateKeyPairSync, hash, randomUUID, sign, type KeyObject } from 'node:crypto';
import {
  connectText,
  encodeFact,
  encodePacket,
  enrolText,
  sealText,
  type EnrolReply,
  type Fact,
  type NonceReply,
  type Packet,
} from '@sightline/contracts';

export const hashOf = (text: string) => hash('sha256', text, 'base64url');

/** A device as the far end of the wire knows it: a key, a chain, and the freedom to lie. */
export class Device {
  readonly privateKey: KeyObject;
  /** SPKI DER, base64url. */
  readonly publicKey: string;
  readonly source: string;
  readonly terminalId: string;
  readonly region: string;
  head: { seq: number; hash: string | null } = { seq: 0, hash: null };

  constructor(terminalId: string, region: string) {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const der = pair.publicKey.export({ type: 'spki', format: 'der' });
    this.privateKey = pair.privateKey;
    this.publicKey = der.toString('base64url');
    this.source = hash('sha256', der, 'base64url');
    this.terminalId = terminalId;
    this.region = region;
  }

  sign(text: string): string {
    const key = { key: this.privateKey, dsaEncoding: 'ieee-p1363' as const };
    return sign('sha256', Buffer.from(text), key).toString('base64url');
  }

  async enrol(httpPort: number, code: string): Promise<EnrolReply> {
    const reply = await this.askToEnrol(httpPort, code);
    if (!reply.ok) throw new Error(`Enrolment was answered ${reply.status}: ${await reply.text()}`);
    return (await reply.json()) as EnrolReply;
  }

  askToEnrol(httpPort: number, code: string): Promise<Response> {
    const proof = this.sign(enrolText(code, this.publicKey));
    return post(httpPort, 'enrol', { code, publicKey: this.publicKey, proof, version: 'test' });
  }

  /** A CONNECT password. */
  async token(httpPort: number): Promise<string> {
    const reply = await post(httpPort, 'nonce', { source: this.source });
    const { nonce } = (await reply.json()) as NonceReply;
    return `${nonce}.${this.sign(connectText(this.source, nonce))}`;
  }

  /** The next fact of the chain, with whatever the test wants to be different. */
  fact(different: Partial<Fact> = {}): Fact {
    return {
      v: 1,
      id: randomUUID(),
      source: this.source,
      seq: this.head.seq + 1,
      prev: this.head.hash,
      at: '2026-11-23T04:00:00.000Z',
      clock: { bootId: '3b1f7c52-6a0e-4b8e-9a59-0b6a3c1d2e4f', uptimeMs: 1_000, offsetMs: 0 },
      region: this.region,
      stream: `terminal/${this.region}/${this.terminalId}`,
      type: 'telemetry.noted',
      world: 'actual',
      actor: `terminal:${this.terminalId}`,
      data: { text: 'so many words as a check-in has' },
      ...different,
    };
  }

  /** Appends a body to the chain and returns it. */
  link(body: string): string {
    this.head = { seq: this.head.seq + 1, hash: hashOf(body) };
    return body;
  }

  /** The next `count` facts, sealed. `at(index)` may change a fact, or replace its whole body. */
  packet(count: number, at: (index: number) => Partial<Fact> | string = () => ({})): Packet {
    const bodies = Array.from({ length: count }, (_, index) => {
      const change = at(index);
      return this.link(typeof change === 'string' ? change : encodeFact(this.fact(change)));
    });
    return { seal: this.seal(), bodies };
  }

  seal(): Packet['seal'] {
    const { seq, hash: last } = this.head;
    return { v: 1, seq, hash: last ?? '', sig: this.sign(sealText(this.source, seq, last ?? '')) };
  }
}

export function packetText(packet: Packet): string {
  return encodePacket(packet);
}

function post(port: number, path: string, body: object): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
}
