import { join } from 'node:path';
import { openCamera } from '#camera/open-camera.ts';
import type { AgentConfig } from '#config.ts';
import { readMachine } from '#device-health/read-machine.ts';
import { SelfTests } from '#device-health/self-tests.ts';
import { openEyes } from '#face/eyes.ts';
import { startKiosk } from '#kiosk/start-kiosk.ts';
import { Outbox } from '#outbox/outbox.ts';
import { startTerminal } from '#start-terminal.ts';
import type { Terminal, TerminalDeps, TerminalLog } from '#terminal.ts';

export interface AgentDeps extends Partial<Pick<TerminalDeps, 'randomness' | 'device'>> {
  readonly log: TerminalLog;
  /** The outbox can no longer be trusted or reached: end the process, the next start repairs. */
  readonly onOutboxFailed: (fault: Error) => void;
}

/** 村级终端. The whole village terminal. */
export interface Agent extends AsyncDisposable {
  /** The kiosk page with its token. */
  readonly url: string;
  readonly kioskPort: number;
  readonly terminal: Terminal;
  /** Where a damaged outbox was put at this start, or null. */
  readonly movedAside: string | null;
}

/**
 * Opens outbox, terminal, camera, eyes and kiosk. Starts without broker, camera or face networks: the
 * PIN works without them. Throws one sentence when outbox or kiosk port cannot be had.
 */
export async function startAgent(config: AgentConfig, deps: AgentDeps): Promise<Agent> {
  await using opening = new AsyncDisposableStack();
  const { dir, brokerMqttUrl, brokerHttpUrl, version } = config;
  const { log, onOutboxFailed, ...clockwork } = deps;
  const outbox = opening.use(
    await Outbox.open(join(dir, 'outbox.sqlite'), { onFailed: onOutboxFailed }),
  );
  const { movedAside } = outbox;
  if (movedAside !== null) log.error({ ...movedAside }, 'The outbox was damaged and moved aside.');
  const camera = opening.use(openCamera(config.camera));
  const weightsDir = config.modelsDir;
  const eyes = opening.use(await openEyes({ log, ...(weightsDir === null ? {} : { weightsDir }) }));
  const selfTests = await SelfTests.open(dir);
  const terminal = opening.use(
    await startTerminal(
      {
        dir,
        brokerMqttUrl,
        brokerHttpUrl,
        version,
        ...(config.enrolCode === null ? {} : { enrolCode: config.enrolCode }),
      },
      {
        outbox,
        log,
        camera: () => camera.report().state,
        health: () => ({ ...readMachine(dir), selfTest: selfTests.last() }),
        ...clockwork,
      },
    ),
  );
  const port = config.kioskPort;
  const kiosk = opening.use(
    await startKiosk({
      dir,
      terminal,
      camera,
      eyes,
      selfTests,
      courseSource: { brokerHttpUrl, settings: config.courses },
      log,
      port,
      randomness: deps.randomness,
    }),
  );
  const opened = opening.move();
  return {
    url: kiosk.url,
    kioskPort: kiosk.port,
    terminal,
    movedAside: movedAside?.to ?? null,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
