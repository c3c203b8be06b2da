import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outbox, processClock, startTerminal, type Terminal } from '@sightline/edge-agent';
import { planCheckReply, VillageChecks } from '@sightline/standalone/village-checks';
import { atOnce } from '#load/at-once.ts';
import { endWithParent, nextWord, tell } from '#load/parent.ts';
import { limits } from '../limits.ts';
import type { VillagesTask } from './villages.ts';

const enrollingAtOnce = 16;

endWithParent();
const task = (await nextWord()) as VillagesTask; // Sent by villages.ts alone.
const dir = await mkdtemp(join(tmpdir(), 'sightline-ring-'));
process.once('exit', () => void rm(dir, { recursive: true, force: true }));
const outbox = await Outbox.open(join(dir, 'outbox.db'));
const terminals: Terminal[] = [];
await atOnce(task.places, enrollingAtOnce, async ({ terminalId, region, code }) => {
  const { brokerMqttUrl, brokerHttpUrl } = task;
  const terminal = await startTerminal(
    {
      dir: join(dir, terminalId),
      brokerMqttUrl,
      brokerHttpUrl,
      version: 'bench',
      enrolCode: code,
    },
    { outbox, device: processClock() },
  );
  terminals.push(terminal);
  // Everybody answers within the bench: each after a while of its own, as the simulator's do.
  const plan: typeof planCheckReply = (own, checkId) => {
    const { person } = planCheckReply(own, checkId);
    return { afterMs: 500 + Math.round(person * task.slowestMs), asksForCall: false, person };
  };
  const onFault = (error: unknown) => void process.stderr.write(`${String(error)}\n`);
  new VillageChecks(region, terminal, { onFault, plan });
});
await allReady();
tell({ ready: terminals.length });

/** Each has its document, its link and the server's time. */
async function allReady(): Promise<void> {
  const until = performance.now() + limits.prepareMs;
  const isReady = (terminal: Terminal) =>
    terminal.desired() !== null && terminal.state().link.state === 'up' && terminal.clock.isCertain;
  while (!terminals.every(isReady)) {
    if (performance.now() > until) {
      const ready = terminals.filter(isReady).length;
      throw new Error(`${ready} of ${terminals.length} terminals are ready.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
