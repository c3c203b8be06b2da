import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentConfig } from '#config.ts';
import { openKioskClient } from '#kiosk/testing/kiosk-client.ts';
import { testCourseSettings } from '#testing/course-server.ts';
import { type Agent, startAgent } from '#start-agent.ts';
import { person, pinCode, prepareEnrolledDir } from '#testing/enrolled-dir.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';

const log = { info() {}, warn() {}, error() {} };

/** Everything missing that may be missing: broker, camera, face networks. */
function start(dir: string, chosen: Partial<AgentConfig> = {}): Promise<Agent> {
  const onOutboxFailed = (fault: Error): never => {
    throw fault;
  };
  return startAgent(
    {
      dir,
      kioskPort: 0,
      brokerMqttUrl: 'mqtt://127.0.0.1:1',
      brokerHttpUrl: 'http://127.0.0.1:1',
      camera: '/dev/video-not-there',
      enrolCode: null,
      modelsDir: join(dir, 'no-networks'),
      courses: testCourseSettings,
      version: 'test',
      logLevel: 'silent',
      ...chosen,
    },
    { log, onOutboxFailed },
  );
}

describe('the village terminal', { timeout: 60_000 }, () => {
  it('takes a check-in by PIN with no broker, no camera and no face networks', async () => {
    await using dir = await temporaryDir();
    await prepareEnrolledDir(dir.path);
    await using agent = await start(dir.path);
    const client = await openKioskClient(agent.url);
    const { personId } = person;
    const pin = '482915';
    const set = await client.post('/api/pin', { personId, code: pinCode, pin });
    expect(set.status).toBe(200);
    const result = await client.post('/api/check-in/pin', { personId, pin });
    expect(result.body).toMatchObject({ outcome: 'checked-in', method: 'pin', waiting: true });
    expect(agent.terminal.state()).toMatchObject({
      enrolment: 'enrolled',
      link: { state: 'down' },
      outbox: { waiting: 3 }, // terminal.started, pin.set, duty.checked-in
    });
  });

  it('starts with a damaged outbox: moves it aside, makes no facts, asks to be enrolled', async () => {
    await using dir = await temporaryDir();
    await prepareEnrolledDir(dir.path);
    const file = join(dir.path, 'outbox.sqlite');
    writeFileSync(file, readFileSync(file).fill(0x5a, 100));
    {
      await using agent = await start(dir.path);
      expect(agent.movedAside).toMatch(/outbox\.sqlite\.damaged-/);
      expect(agent.terminal.state()).toMatchObject({
        enrolment: 'finished',
        finished: 'outbox-lost',
      });
    }
    await using again = await start(dir.path);
    expect(again.movedAside).toBeNull();
    expect(again.terminal.state().enrolment).toBe('finished');
  });

  it('refuses to start twice in one folder, naming the remedy', async () => {
    await using dir = await temporaryDir();
    await using _agent = await start(dir.path);
    await expect(start(dir.path)).rejects.toThrow(/another process is using it: stop that one/);
  });
});
