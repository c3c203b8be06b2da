import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';

/** Which terminals the simulator is; a code only where the terminal is not enrolled here yet. */
const SimulatorPlan = Type.Array(
  Type.Object({
    terminalId: Type.String(),
    region: Type.String(),
    code: Type.Union([Type.String(), Type.Null()]),
  }),
  { maxItems: 10_000 },
);
export type SimulatorPlan = Static<typeof SimulatorPlan>;

const planCheck = Compile(SimulatorPlan);
const fileOf = (dir: string) => join(dir, 'terminals.json');

/** Where a simulated terminal keeps its key. */
export function simulatedDir(dir: string, terminalId: string): string {
  return join(dir, 'terminals', terminalId);
}

export async function writeSimulatorPlan(dir: string, plan: SimulatorPlan): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const rows = plan.map(({ terminalId, region, code }) => ({ terminalId, region, code }));
  await writeFile(`${fileOf(dir)}.new`, JSON.stringify(rows), { mode: 0o600 });
  await rename(`${fileOf(dir)}.new`, fileOf(dir));
}

export async function readSimulatorPlan(dir: string): Promise<SimulatorPlan> {
  const plan: unknown = JSON.parse(await readFile(fileOf(dir), 'utf8'));
  if (planCheck.Check(plan)) return plan;
  throw new Error(`${fileOf(dir)} is no list of terminals; start again with npm start.`);
}
