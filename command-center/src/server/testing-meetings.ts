import { randomUUID } from 'node:crypto';
import type { MeetingAct, MeetingView } from '@sightline/contracts';
import { addPeople, catchUp, createTerminal, meetingProjection } from '@sightline/store';
import { TestSource } from '@sightline/store/testing';
import type { MediaState } from '#media/media-state.ts';
import { openTestConsole } from './testing-console.ts';

export const village = '540235100201';
export const neighbour = '540235100202';
export const county = '540235';
export const township = '540235100';
export const media = {
  secret: 'a shared secret of at least 32 characters',
  url: 'http://127.0.0.1:7410',
};

/** A console with a media server's secret, two villages with terminals and a dispatcher of the county. */
export async function openMeetingConsole() {
  let noteLink: MediaState['noteLink'] = () => undefined;
  const console = await openTestConsole({
    media,
    live: async (_, deps) => {
      ({ noteLink } = deps.media);
      return { readHealth: () => [], [Symbol.asyncDispose]: async () => undefined };
    },
  });
  const { store, clock } = console;
  // Facts are received by the database's clock: this test's own starts where that one is.
  clock.now = Temporal.Now.instant().round('second');
  const source = new TestSource();
  const personId = randomUUID();
  for (const region of [village, neighbour]) {
    await createTerminal(store, { terminalId: `${region}-1`, region, simulated: true });
    await store.pool.query(
      `insert into terminal_source (source, terminal_id, public_key, enrolled_at) values ($1, $2, '', $3)`,
      [region === village ? source.source : region, `${region}-1`, clock.now.toString()],
    );
  }
  const person = { personId, region: village, name: '扎西', post: '' };
  await addPeople(store, [person], { now: clock.now, actor: 'system:test' });
  const chair = await console.enter(['dispatcher'], county);
  const post = (url: string, body: object, cookie = chair) =>
    console.call({ method: 'POST', url, cookie, body });
  const get = async <T>(url: string, cookie = chair): Promise<T> =>
    (await console.call({ url, cookie })).json<T>();
  const ask = (more: Record<string, unknown> = {}) => ({
    meetingId: randomUUID(),
    kind: 'meeting',
    title: ' 防雪调度 ',
    region: county,
    invite: [township],
    withUpperVenues: true,
    startsAt: null,
    ringSeconds: 60,
    isRemoteOpening: false,
    ...more,
  });
  /** A meeting of two villages and their township; whatever was held before is over. */
  const call = async (more: Record<string, unknown> = {}): Promise<string> => {
    await console.store.pool.query(
      `update meeting set phase = 'over', ended_at = $1, ended_why = 'chair' where phase <> 'over'`,
      [console.clock.now.toString()],
    );
    const body = ask(more);
    const { statusCode, body: said } = await post('/api/meetings', body);
    if (statusCode !== 201) throw new Error(said);
    return body.meetingId;
  };
  const act = (meetingId: string, what: MeetingAct, cookie = chair) =>
    post(`/api/meetings/${meetingId}/act`, { act: what }, cookie);
  const viewOf = (meetingId: string) => get<MeetingView>(`/api/meetings/${meetingId}`);
  const present = async (meetingId: string, round: number) => {
    const data = { meetingId, terminalId: `${village}-1`, round, method: 'pin', personId };
    const at = Temporal.Now.instant().toString({ smallestUnit: 'millisecond' });
    await source.append(console.store, [{ region: village, type: 'meeting.present', at, data }]);
    await catchUp(console.store, [meetingProjection]);
  };
  const factsOf = async (meetingId: string) => {
    const { rows } = await console.store.pool.query<{ type: string }>(
      `select body::json ->> 'type' as type from log where stream = $1 order by position`,
      [`meeting/${county}/${meetingId}`],
    );
    return rows.map(({ type }) => type.replace('meeting.', ''));
  };

  return { console, chair, post, get, ask, call, act, viewOf, present, factsOf, noteLink };
}
