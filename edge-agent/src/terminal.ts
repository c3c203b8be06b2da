import type {
  CameraState,
  Desired,
  DeviceHealth,
  Fact,
  PartHealth,
  Refusal,
} from '@sightline/contracts';
import type { TerminalClock } from '#clock/terminal-clock.ts';
import type { DeviceClock } from '#clock/terminal-clock.ts';
import type { RecordDraft } from '#domain/fact-draft.ts';
import type { StepExecutors } from '#domain/reconcile.ts';
import type { Finish } from '#identity/identity.ts';
import type { Outbox } from '#outbox/outbox.ts';
import type { DeadLetter, OutboxStats } from '#outbox/outbox-messages.ts';
import type { LinkState } from '#uplink/link-state.ts';
import type { UplinkRhythm } from '#uplink/uplink-rhythm.ts';

export interface TerminalConfig {
  /** Key, enrolment and desired state of this terminal; 0700. */
  readonly dir: string;
  /** mqtt://127.0.0.1:7401 */
  readonly brokerMqttUrl: string;
  /** http://127.0.0.1:7405 */
  readonly brokerHttpUrl: string;
  /** Used once, when the terminal is not enrolled yet. */
  readonly enrolCode?: string;
  readonly version: string;
  /** Overrides of the link's rhythm, for the simulator and tests. */
  readonly rhythm?: Partial<UplinkRhythm>;
}

export interface TerminalDeps {
  /** May be shared by many terminals; the terminal does not close it. */
  readonly outbox: Outbox;
  /** [0, 1) */
  readonly randomness?: () => number;
  /** `deviceClock()` unless told; a simulated terminal has a `processClock()` or its own. */
  readonly device?: DeviceClock;
  /** uuidv7 unless told. */
  readonly newId?: () => string;
  readonly camera?: () => CameraState;
  /** Of the machine; a simulated terminal has none. */
  readonly health?: () => DeviceHealth;
  readonly log?: TerminalLog;
}

/** pino fits. */
export interface TerminalLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the terminal's own parts of the desired state need: who has a face or a PIN here. */
export interface LocalRecords {
  readonly faces: () => Promise<readonly string[]>;
  readonly pins: () => Promise<readonly string[]>;
  readonly executors: Omit<StepExecutors, 'adopt-version'>;
}

export interface TerminalState {
  readonly terminalId: string | null;
  readonly region: string | null;
  readonly source: string;
  readonly enrolment: 'not-enrolled' | 'enrolled' | 'finished';
  /** Why the source is finished, or null. `revoked`: the centre refuses this key. */
  readonly finished: Finish['reason'] | 'revoked' | null;
  readonly simulated: boolean;
  readonly link: LinkState;
  readonly outbox: OutboxStats;
  readonly desiredVersion: number;
  readonly clockCertain: boolean;
  readonly bootId: string;
  readonly parts: readonly PartHealth[];
}

/** 终端. One terminal without camera or kiosk: the agent has one, the simulator many. */
export interface Terminal extends AsyncDisposable {
  readonly clock: TerminalClock;
  state(): TerminalState;
  /**
   * Keeps a fact; resolves after fdatasync: say "done" only then. Refused: `not-enrolled`,
   * `terminal-finished`, `outbox-full`, `disk-full`. Rejects when the outbox failed (restart).
   */
  record(draft: RecordDraft): Promise<Fact | Refusal>;
  /** Signs a text of its own with the device key; the text names the key's fingerprint. r‖s, base64url. */
  sign(textOf: (source: string) => string): string;
  desired(): Desired | null;
  /** Something in `state()` or `desired()` may have changed. Returns the way to stop listening. */
  onChange(listener: () => void): () => void;
  /** Enrols with a one-time code; a finished terminal gets a new key first. Null = done. */
  enrol(code: string): Promise<Refusal | null>;
  deadLetters(page?: { beforeId?: number; limit?: number }): Promise<readonly DeadLetter[]>;
  /** Who has a face or a PIN here, and how to forget them; reconciled now and on every change. */
  attach(records: LocalRecords): Promise<void>;
  /** Ends the link and stays offline until `comeBack()`; facts go on being kept. */
  goDark(): void;
  comeBack(): void;
}
