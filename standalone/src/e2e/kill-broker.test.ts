import { openTestStore } from '@sightline/store/testing';
import { expect, it } from 'vitest';
import { seededRandom } from '#demo/random.ts';
import { until } from './edge-fixture.ts';
import { requireCustody } from './testing/custody.ts';
import { startFactMakers } from './testing/fact-makers.ts';
import { openPlace } from './testing/fixture.ts';
import { startLineChild, type LineChild } from './testing/line-child.ts';
import { print, printTrials } from './testing/trials.ts';

const trials = 20;
const random = seededRandom(11);
const upTo = (count: number) => 1 + Math.floor(random() * count);

interface Ports {
  readonly mqtt: string;
  readonly http: string;
}

it('a broker killed 20 times has lost and doubled nothing that a terminal was told is done', async () => {
  await using store = await openTestStore();
  await using place = await openPlace();
  const start = async (ports: Ports, diesAfter: number): Promise<[LineChild, Ports]> => {
    const args = [store.databaseUrl, ports.mqtt, ports.http, String(diesAfter)];
    const child = startLineChild('broker-main.ts', args);
    const [, mqtt = '', http = ''] = await child.line('listening');
    return [child, { mqtt, http }];
  };
  let [broker, ports] = await start({ mqtt: '0', http: '0' }, 0);
  const urls = {
    brokerMqttUrl: `mqtt://127.0.0.1:${ports.mqtt}`,
    brokerHttpUrl: `http://127.0.0.1:${ports.http}`,
  };
  await using makers = await startFactMakers(store, { dir: place.dir, urls, count: 4 });
  const backMs: number[] = [];
  let betweenCommitAndAck = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    // Even trials: the broker that starts next dies by itself after a commit nobody was told of.
    const diesAfter = trial % 2 === 0 ? upTo(20) : 0;
    await broker.kill();
    const killedAtMs = performance.now();
    const before = makers.delivered();
    [broker, ports] = await start(ports, diesAfter);
    if (diesAfter > 0) {
      await broker.exited;
      betweenCommitAndAck += broker.count('dying');
      continue;
    }
    await until('facts are acknowledged again', () => makers.delivered() > before);
    backMs.push(performance.now() - killedAtMs);
    const more = makers.delivered() + upTo(40);
    await until('some more facts', () => makers.delivered() >= more);
  }
  await makers.finish();
  await makers.verify(store);
  await requireCustody(store);
  await broker.kill();
  expect(betweenCommitAndAck).toBeGreaterThanOrEqual(Math.ceil(trials / 3));
  print(
    `${trials} kills of the broker, ${betweenCommitAndAck} between commit and ack, ${makers.told()} facts told`,
  );
  printTrials('broker: kill → facts acknowledged again', backMs);
}, 240_000);
