import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Challenge } from '@sightline/contracts';
import { ChildLog } from '#supervisor/child-log.ts';
import { startChild } from '#supervisor/child.ts';
import { rootDir, testEnvironment } from './fixture.ts';

export interface AgentPlan {
  /** What it keeps over its lives; its words go to `agent.log` there. */
  readonly dir: string;
  readonly brokerMqttUrl: string;
  readonly brokerHttpUrl: string;
  readonly enrolCode: string;
  /** '' = the kiosk page's own. */
  readonly camera: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Draws this challenge at every check-in; else by chance, by the agent's own program. */
  readonly challenge?: Challenge;
}

/** The agent's own program, as it runs in a village. */
export interface AgentProcess extends AsyncDisposable {
  /** The kiosk's link. */
  readonly url: string;
}

export async function startAgentProcess(plan: AgentPlan): Promise<AgentProcess> {
  await mkdir(plan.dir, { recursive: true });
  const log = await ChildLog.open(join(plan.dir, 'agent.log'), 1e7);
  const program = {
    name: 'agent',
    ...programOf(plan),
    env: {
      ...testEnvironment(),
      SIGHTLINE_AGENT_DIR: plan.dir,
      SIGHTLINE_KIOSK_PORT: '0',
      SIGHTLINE_BROKER_MQTT_URL: plan.brokerMqttUrl,
      SIGHTLINE_BROKER_HTTP_URL: plan.brokerHttpUrl,
      SIGHTLINE_CAMERA: plan.camera,
      SIGHTLINE_ENROL_CODE: plan.enrolCode,
      ...plan.environment,
    },
  };
  const run = startChild(program, log, 120_000);
  const ready = await run.ready;
  return {
    url: String(ready['url']),
    async [Symbol.asyncDispose]() {
      run.process.kill('SIGTERM');
      await run.exited;
      await log.close();
    },
  };
}

function programOf({ challenge }: AgentPlan): { file: string; args: string[] } {
  if (challenge === undefined) return { file: join(rootDir, 'edge-agent/src/main.ts'), args: [] };
  const file = join(rootDir, 'standalone/src/e2e/testing/seeded-agent-main.ts');
  return { file, args: [challenge] };
}
