import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isWithin, type Region } from '@sightline/contracts';
import { Outbox } from '@sightline/edge-agent';
import { limits } from '../limits.ts';
import { SimulatedVillage, type VillageWorld } from './simulated-village.ts';
import type { SimulatorPlan } from './simulator-plan.ts';

export interface SimulatorConfig {
  readonly dir: string;
  readonly brokerMqttUrl: string;
  readonly brokerHttpUrl: string;
  /** Whether villages lose their link by themselves now and then, as villages do. */
  readonly hasOutages: boolean;
}

export interface SimulatorDeps {
  readonly onEnrolled: (enrolled: number, of: number) => void;
  readonly onFault: (error: unknown) => void;
}

export interface Simulator extends AsyncDisposable {
  /** Resolves when every terminal was opened once. */
  readonly opened: Promise<void>;
  /** Cuts, or gives back, the links of a region's terminals; returns how many. */
  cut(region: Region, isCut: boolean): number;
}

const tickMs = 1000;

/** Runs many terminals in one process on one outbox file: the agent's own classes, simulated people. */
export async function startSimulator(
  config: SimulatorConfig,
  plan: SimulatorPlan,
  deps: SimulatorDeps,
): Promise<Simulator> {
  await mkdir(config.dir, { recursive: true, mode: 0o700 });
  const outbox = await Outbox.open(join(config.dir, 'outbox.db'));
  const startedAt = Temporal.Now.instant();
  const world: VillageWorld = {
    ...config,
    outbox,
    version: 'simulated',
    startedAt,
    onFault: deps.onFault,
  };
  const villages: SimulatedVillage[] = [];
  const closing = new AbortController();
  const opened = openVillages({ plan, world, villages, closing: closing.signal, deps });
  const living = live({ villages, closing: closing.signal, deps });
  return {
    opened,
    cut(region, isCut) {
      const inside = villages.filter((village) => isWithin(village.region, region));
      for (const village of inside) village.cut(isCut);
      return inside.length;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.allSettled([opened, living]);
      await Promise.allSettled(villages.map((village) => village[Symbol.asyncDispose]()));
      await outbox[Symbol.asyncDispose]();
    },
  };
}

interface Opening {
  readonly plan: SimulatorPlan;
  readonly world: VillageWorld;
  readonly villages: SimulatedVillage[];
  readonly closing: AbortSignal;
  readonly deps: SimulatorDeps;
}

/** A bounded number at once, so that 671 enrolments do not stand in each other's way. */
async function openVillages({ plan, world, villages, closing, deps }: Opening): Promise<void> {
  const rows = plan.values();
  const worker = async () => {
    for (const row of rows) {
      if (closing.aborted) return;
      try {
        villages.push(await SimulatedVillage.open(row, world));
      } catch (error) {
        deps.onFault(error);
      }
      deps.onEnrolled(villages.filter((village) => village.isEnrolled).length, plan.length);
    }
  };
  await Promise.all(Array.from({ length: limits.enrolAtOnce }, worker));
}

async function live(life: Pick<Opening, 'villages' | 'closing' | 'deps'>): Promise<void> {
  const { villages, closing, deps } = life;
  while (!closing.aborted) {
    const now = Temporal.Now.instant();
    for (const village of villages) village.live(now).catch(deps.onFault);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, tickMs);
      closing.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
}
