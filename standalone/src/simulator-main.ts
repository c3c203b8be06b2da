import { readSimulatorConfig } from './simulator/simulator-config.ts';
import { openControl } from './simulator/control.ts';
import { readSimulatorPlan } from './simulator/simulator-plan.ts';
import { startSimulator } from './simulator/simulator.ts';

const firstWaitMs = 2_500;
const config = readSimulatorConfig(process.env);
const plan = await readSimulatorPlan(config.dir);
const simulator = await startSimulator(config, plan, {
  onEnrolled: (enrolled, of) => tell({ enrolled, of }),
  onFault: (error) => process.stderr.write(`${String(error)}\n`),
});
const control = await openControl(config.dir, simulator);
// A slow machine goes on enrolling after "ready": the links work meanwhile.
const patience = new Promise<void>((resolve) => setTimeout(resolve, firstWaitMs).unref());
await Promise.race([simulator.opened, patience]);
tell({ ready: true });

for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(event, () => void stop());

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), 5000).unref(); // A stop is bounded.
  await control[Symbol.asyncDispose]();
  await simulator[Symbol.asyncDispose]();
  process.exit(0);
}

function tell(message: object): void {
  if (process.connected) process.send?.(message);
}
