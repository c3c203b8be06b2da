import { createHash, generateKeyPairSync, hash, randomUUID, sign } from 'node:crypto';
import {
  encodeFact,
  erasureText,
  isRefusal,
  type ClockReading,
  type Fact,
  type FactData,
  type FactType,
} from '@sightline/contracts';
import { appendBatch, enrolSource, issueEnrolmentCode, type Store } from '@sightline/store';

export interface DeviceFact<T extends FactType = FactType> {
  readonly type: T;
  /** Now when not given. */
  readonly at?: Temporal.Instant;
  /** Of a device whose clock is right when not given. */
  readonly clock?: ClockReading;
  readonly data: FactData<T>;
}

interface Place {
  readonly terminalId: string;
  readonly region: string;
}

/** 村级终端 without a broker: a true P-256 key, enrolled, and facts chained as a terminal's are. */
export class TestDevice {
  readonly source: string;
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #bootId = randomUUID();
  readonly #place: Place;
  #seq = 0;
  #prev: string | null = null;

  private constructor(place: Place) {
    this.#place = place;
    this.source = hash('sha256', this.#spki(), 'base64url');
  }

  /** Enrols a new device as that terminal, which must exist. */
  static async enrol(store: Store, place: Place): Promise<TestDevice> {
    const device = new TestDevice(place);
    const now = instantText(Temporal.Now.instant());
    const enrolled = await enrolSource(store, {
      code: await issueEnrolmentCode(store.pool, place.terminalId, now),
      publicKey: device.#spki().toString('base64url'),
      fingerprint: device.source,
      now,
    });
    if (isRefusal(enrolled)) throw new Error(enrolled.detail);
    return device;
  }

  /** Appends the facts; resolves to the last position. */
  async append(store: Store, facts: readonly DeviceFact[]): Promise<number> {
    const entries = facts.map((fact) => this.#next(fact));
    const { last } = await appendBatch(store, { entries, heads: [], seals: [] });
    if (last === null) throw new Error('Nothing was appended.');
    return last;
  }

  enrolled(personId: string, grantId: string, at?: Temporal.Instant): DeviceFact<'face.enrolled'> {
    const { terminalId } = this.#place;
    const consent = { consentVersion: '2026-11-26', model: 'builtin-512', frames: 5 };
    const data = { ...consent, personId, terminalId, grantId };
    return { type: 'face.enrolled', ...(at === undefined ? {} : { at }), data };
  }

  withdrawn(personId: string, at?: Temporal.Instant): DeviceFact<'consent.withdrawn'> {
    const { terminalId } = this.#place;
    const data = { personId, terminalId };
    return { type: 'consent.withdrawn', ...(at === undefined ? {} : { at }), data };
  }

  /** With its receipt: the device key's signature. */
  erased(personId: string, at = Temporal.Now.instant()): DeviceFact<'face.erased'> {
    const { terminalId } = this.#place;
    const erasure = { personId, terminalId, reason: 'withdrawn', model: 'builtin-512' } as const;
    const text = erasureText({ ...erasure, source: this.source, at: instantText(at) });
    const key = { key: this.#keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    const sig = sign('sha256', Buffer.from(text), key).toString('base64url');
    return { type: 'face.erased', at, data: { ...erasure, sig } };
  }

  #spki(): Buffer {
    return this.#keys.publicKey.export({ type: 'spki', format: 'der' });
  }

  #next({ type, at, clock, data }: DeviceFact) {
    const { region, terminalId } = this.#place;
    this.#seq += 1;
    const fact: Fact = {
      v: 1,
      id: randomUUID(),
      source: this.source,
      seq: this.#seq,
      prev: this.#prev,
      at: instantText(at ?? Temporal.Now.instant()),
      clock: clock ?? { bootId: this.#bootId, uptimeMs: 60_000, offsetMs: 0 },
      region,
      stream: `terminal/${region}/${terminalId}`,
      type,
      world: 'actual',
      actor: `terminal:${terminalId}`,
      data,
    };
    const body = encodeFact(fact);
    this.#prev = createHash('sha256').update(body).digest('base64url');
    return { fact, body, hash: this.#prev };
  }
}

function instantText(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}
