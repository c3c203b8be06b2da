import { randomUUID } from 'node:crypto';
import type { MeetingAct, MeetingVenue, MeetingView, SeatKeyReply } from '@sightline/contracts';
import { openSession, type Answer } from '@sightline/standalone/web-client';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 500;

/** Who calls the meeting and steers it, as a console does. */
export interface Chair {
  readonly meetingId: string;
  /** Everybody of the prefecture is called; how many seats there are beside the chair's. */
  call(): Promise<number>;
  key(): Promise<SeatKeyReply>;
  act(what: MeetingAct): Promise<void>;
  view(): Promise<MeetingView>;
  venues(): Promise<readonly MeetingVenue[]>;
  /** Asked twice a second, as a page does; throws when it is not so in time. */
  sees(what: string | (() => string), is: () => Promise<boolean>, withinMs: number): Promise<void>;
}

export async function openChair(signIn: string, meetingId: string): Promise<Chair> {
  const desk = await openSession(signIn, {
    path: '/api/session/link',
    key: 'sign-in',
    more: { login: 'dispatcher', password: 'a long enough password' },
  });
  const of = `/api/meetings/${meetingId}`;
  const post = async (path: string, body: object): Promise<Answer['body']> => {
    const answer = await desk.post(path, body, { 'idempotency-key': randomUUID() });
    if (answer.status < 300) return answer.body;
    throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  };
  const get = async (path: string): Promise<unknown> => (await desk.get(path)).body;
  return {
    meetingId,
    async call() {
      const { seats } = await post('/api/meetings', {
        meetingId,
        kind: 'meeting',
        title: '防雪调度',
        region: '5402',
        invite: ['5402'],
        withUpperVenues: true,
        startsAt: null,
        ringSeconds: 600,
        isRemoteOpening: false,
      });
      return Number(seats);
    },
    // Answers of our own centre, typed by the contract.
    key: async () => (await post(`${of}/seat`, {})) as unknown as SeatKeyReply,
    act: async (act) => void (await post(`${of}/act`, { act })),
    view: async () => (await get(of)) as MeetingView,
    venues: async () => (await get(`${of}/venues`)) as readonly MeetingVenue[],
    async sees(what, is, withinMs) {
      const untilMs = performance.now() + withinMs;
      while (!(await is())) {
        if (performance.now() > untilMs) {
          const words = typeof what === 'string' ? what : what();
          throw new Error(`Not in ${withinMs / 1000} s: ${words}.`);
        }
        await delay(pollMs);
      }
    },
  };
}
