import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '@sightline/contracts';
import { readAnchor } from '#clock/clock-file.ts';
import { deviceClock } from '#clock/device-clock.ts';
import { TerminalClock } from '#clock/terminal-clock.ts';
import { DesiredState } from '#desired/desired-state.ts';
import { Enrolment } from '#identity/enrolment.ts';
import { limits } from '#limits.ts';
import { RunningTerminal } from '#running-terminal.ts';
import type { Terminal, TerminalConfig, TerminalDeps, TerminalLog } from '#terminal.ts';

const { backoffFirstMs, backoffLastMs } = limits.uplink;
const enrolPace = { firstMs: backoffFirstMs, lastMs: backoffLastMs };

const silent: TerminalLog = { info() {}, warn() {}, error() {} };

/**
 * Opens the identity, joins the outbox and keeps the link; resolves without waiting for the broker.
 * With `config.enrolCode` a new terminal enrols by itself as soon as the broker answers.
 */
export async function startTerminal(config: TerminalConfig, deps: TerminalDeps): Promise<Terminal> {
  const log = deps.log ?? silent;
  const device = deps.device ?? deviceClock();
  const { dir, brokerHttpUrl, version } = config;
  const clock = new TerminalClock(device, await readAnchor(dir, device.bootId));
  const now = (): string => clock.now().at;
  const { outbox } = deps;
  const enrolment = await Enrolment.open({ dir, outbox, brokerHttpUrl, version, now });
  if (enrolment.setAside !== null) {
    log.warn({ to: enrolment.setAside }, 'Unreadable identity files were set aside: enrol again.');
  }
  const terminalId = (): string | null => enrolment.reply?.terminalId ?? null;
  const terminal = await RunningTerminal.open({
    config,
    deps,
    log,
    clock,
    enrolment,
    openDesired: (onChange) => DesiredState.open({ dir, terminalId, log, onChange }),
  });
  const { enrolCode } = config;
  if (enrolCode !== undefined) {
    const randomness = deps.randomness ?? Math.random;
    terminal.runUntilDisposed((signal) => enrolBySelf(terminal, { enrolCode, randomness, signal }));
  }
  return terminal;
}

interface EnrolBySelf {
  readonly enrolCode: string;
  readonly randomness: () => number;
  readonly signal: AbortSignal;
}

/** Tries the code until the broker answers; a refusal ends it and stands in the link's detail. */
async function enrolBySelf(
  terminal: Terminal,
  { enrolCode, randomness, signal }: EnrolBySelf,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    if (terminal.state().enrolment !== 'not-enrolled') return;
    const refusal = await terminal.enrol(enrolCode);
    if (refusal?.code !== 'broker-unreachable') return;
    const waitMs = backoffMs(failures, randomness(), enrolPace);
    await sleep(waitMs, undefined, { signal }).catch(() => {});
  }
}
