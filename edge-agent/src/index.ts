export { decideCheckIn, type KnownCheckIn } from '#domain/decide-check-in.ts';
export { deviceClock, processClock } from '#clock/device-clock.ts';
export { type DeviceClock, TerminalClock } from '#clock/terminal-clock.ts';
export type { DraftOf, FactDraft, RecordDraft, TimeReading } from '#domain/fact-draft.ts';
export { reconcile, type Reported, type Step, type StepExecutors } from '#domain/reconcile.ts';
export type { DeviceKey } from '#identity/device-key.ts';
export { enrol } from '#identity/enrol.ts';
export { holdsEnrolment, type Identity, openIdentity } from '#identity/identity.ts';
export { Outbox, type OutboxOptions } from '#outbox/outbox.ts';
export type {
  DeadLetter,
  OutboxStats,
  PendingFact,
  Settlement,
  SourceAddress,
} from '#outbox/outbox-messages.ts';
export type { Appended, OutboxSource } from '#outbox/outbox-source.ts';
export { startTerminal } from '#start-terminal.ts';
export type {
  LocalRecords,
  Terminal,
  TerminalConfig,
  TerminalDeps,
  TerminalLog,
  TerminalState,
} from '#terminal.ts';
export type { LinkState } from '#uplink/link-state.ts';
