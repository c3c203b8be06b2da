import { randomUUID } from 'node:crypto';
import type { AccountRole } from '@sightline/contracts';
import {
  addPeople,
  appendAbsence,
  appendCorrection,
  appendDutyChange,
  beginImport,
  createAccount,
  createTerminal,
  inTransaction,
  issueViewerToken,
  raiseComplaint,
} from '@sightline/store';
import { insertMember, insertOrganisation } from '@sightline/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerLive } from '#live/register-live.ts';
import { viewerCookie } from './read-viewer.ts';
import { openTestConsole, type TestConsole } from './testing-console.ts';
import { everyRole, oracle } from './testing-oracle.ts';

/*
 * Every route × every role × regions that lie above, on, below and beside what is asked for, against a
 * second opinion written down by hand: `oracle` names who may, and how a request's place is told. A
 * route missing there fails the first test; a route without a rule does not even start the server.
 */

const village = '540235100201';
const places = {
  'the prefecture': '5402',
  'the county': '540235',
  'the township': '540235100',
  'the village': village,
  'the next township': '540235101',
  'another county': '540221',
};
/** Whether somebody of a region reaches what is done in the village: a prefix, spelt out by hand. */
const reaches = (own: string) => village.slice(0, own.length) === own;
/** Whether a list asked for the village has anything in common with a region. */
const meets = (own: string) => reaches(own) || own.slice(0, village.length) === village;

let console: TestConsole;
let ids: Readonly<Record<string, string>>;
beforeAll(async () => {
  console = await openTestConsole({ live: registerLive });
  ids = await thingsOfTheVillage(console);
});
afterAll(() => console[Symbol.asyncDispose]());

/** One of each thing a path can name, all of them in the village. */
async function thingsOfTheVillage({ store, clock }: TestConsole) {
  const now = clock.now;
  const personId = randomUUID();
  const person = { personId, region: village, name: '扎西', post: '' };
  await addPeople(store, [person], { now, actor: 'system:test' });
  const terminalId = `${village}-1`;
  await createTerminal(store, { terminalId, region: village, simulated: true });
  const roles = ['dispatcher'] as const;
  const accountId = await createAccount(store.pool, { roles, region: village, now });
  const { tokenId } = await issueViewerToken(store.pool, { region: village, label: '', now });
  const { organisationId } = await insertOrganisation(store.pool, { code: 'B', region: village });
  const memberId = await insertMember(store.pool, { organisationId });
  const complaintId = randomUUID();
  const said = { kind: 'complaint', sentences: [], text: '灯坏了', contact: '' } as const;
  const complaint = { ...said, complaintId, region: village, origin: 'console' } as const;
  await raiseComplaint(store, complaint, now);
  const changeId = randomUUID();
  await inTransaction(store, (client) =>
    appendDutyChange(
      client,
      {
        region: village,
        changeId,
        type: 'shift-change.asked',
        data: {
          ask: {
            kind: 'leave',
            changeId,
            personId,
            otherId: randomUUID(),
            duty: { post: 'watch', day: '2026-11-23', span: 'day' },
          },
          saidBy: 'console',
        },
      },
      { now, actor: 'system:test', seenPosition: 0 },
    ),
  );
  const correctionId = randomUUID();
  const duty = { post: 'watch', day: '2026-11-22', span: 'day' } as const;
  // By its fact: what is written into a projected table beside the log goes when the projector begins.
  await inTransaction(store, (client) =>
    appendCorrection(
      client,
      {
        region: village,
        duty,
        type: 'duty.appealed',
        data: { appealId: correctionId, personId, ...duty, reason: 'other' },
      },
      { now, actor: 'system:test', seenPosition: 0 },
    ),
  );
  const absenceId = randomUUID();
  const away = { absenceId, personId, from: '2026-12-01', to: '2026-12-02' };
  await inTransaction(store, (client) =>
    appendAbsence(
      client,
      { region: village, absenceId, type: 'absence.entered', data: away },
      { now, actor: 'system:test', seenPosition: 0 },
    ),
  );
  const checkId = randomUUID();
  await store.pool.query(
    `insert into spot_check (check_id, region, reason, note, seconds, ordered_at, until, account_id)
     values ($1, $2, 'routine', '', 60, $3, $4, $5)`,
    [checkId, village, now.toString(), now.add({ seconds: 60 }).toString(), accountId],
  );
  const noticeId = randomUUID();
  await store.pool.query(
    `insert into notice (notice_id, region, level, title, text, posted_at, account_id)
     values ($1, $2, 'plain', 'a', 'b', $3, $4)`,
    [noticeId, village, now.toString(), accountId],
  );
  const meetingId = randomUUID();
  await store.pool.query(
    `insert into meeting (meeting_id, region, kind, title, account_id, chair, called_at, starts_at,
       ring_until, until, is_remote_opening, phase, opened_at, control)
     values ($1, $2, 'meeting', 'a', $3::uuid, 'desk-' || $3::uuid, $4, $4, $5, $5, false, 'open', $4,
       '{"isRecorded": false, "rollCall": null}')`,
    [meetingId, village, accountId, now.toString(), now.add({ seconds: 60 }).toString()],
  );
  const courseId = randomUUID();
  await store.pool.query(
    `insert into course (course_id, region, draft, account_id, created_at)
     values ($1, $2, '{"title":"a","language":"zh"}', $3, $4)`,
    [courseId, village, accountId, now.toString()],
  );
  const importId = randomUUID();
  const begun = { importId, kind: 'members', region: village, actor: 'system:test' } as const;
  await beginImport(store.pool, { ...begun, fileName: 'a.xlsx', now });
  const ids = { personId, terminalId, accountId, tokenId, complaintId, organisationId, memberId };
  return {
    ...ids,
    checkId,
    noticeId,
    meetingId,
    courseId,
    changeId,
    correctionId,
    absenceId,
    importId,
    region: village,
    sessionId: randomUUID(),
  };
}

const nameOf = ({ method, url }: { readonly method: string; readonly url: string }) =>
  `${method} ${url}`;
/** What a browser may ask for: a HEAD route mirrors its GET, pages are open by their place. */
const asked = () =>
  console.routes.filter(
    ({ method, url }) => method !== 'HEAD' && (url.startsWith('/api/') || url === '/healthz'),
  );

test('every route stands in the oracle, and the oracle names no route that is gone', () => {
  expect(asked().map(nameOf).toSorted()).toEqual(Object.keys(oracle).toSorted());
});

test('what is open without a rule of its own holds nothing of anybody', () => {
  const open = ['/', '/healthz', '/console', '/console/*', '/screen', '/screen/*', '/assets/*'];
  const pages = console.routes.map(({ url }) => url).filter((url) => !url.startsWith('/api/'));
  expect(pages.filter((url) => !open.includes(url))).toEqual([]);
});

/** 401 and 403 are refusals; whatever else a route says, it let the caller in. */
const letIn = (status: number) => status !== 401 && status !== 403;

/** From many addresses: nobody's rate is what is asked about here. */
let knocks = 0;
const anywhere = () => `10.7.${(knocks += 1) >> 8}.${knocks & 255}`;

async function knock(name: string, cookie: string | null): Promise<boolean> {
  const { purpose } = oracle[name] ?? {};
  const [method = 'GET', template = ''] = name.split(' ');
  const path = template.replaceAll(/:(\w+)/g, (_, param: string) => ids[param] ?? param);
  const query = `?region=${village}${purpose === undefined ? '' : `&purpose=${purpose}`}`;
  // A body that names the village and is wrong beside: nothing is changed by knocking.
  const isPost = method === 'POST';
  const reply = await console.app.inject({
    remoteAddress: anywhere(),
    method: method as 'GET', // One of the methods of our own routes.
    url: `${path}${query}`,
    headers: {
      host: 'localhost:7400',
      origin: 'http://localhost:7400',
      ...(cookie === null ? {} : { cookie }),
    },
    ...(isPost ? { payload: { region: village, wrong: true } } : {}),
  });
  if (reply.statusCode === 500) throw new Error(`${name}: ${reply.body}`);
  return letIn(reply.statusCode);
}

function expectedOf(name: string, who: { role: AccountRole; region: string; isScreen: boolean }) {
  const { may, place } = oracle[name] ?? { may: [] };
  if (may === 'everybody' || may === 'known') return true;
  if (may === 'accounts') return !who.isScreen;
  if (!may.includes(who.role)) return false;
  return place === 'list' ? meets(who.region) : reaches(who.region);
}

/** Those whose answer is their own session's, not a right: they would end the session they use. */
const endsItself = ['DELETE /api/session', 'POST /api/session', 'POST /api/session/link'];

test.each(Object.entries(places))(
  'an account of %s: each role reaches what the oracle says, on every route',
  async (_, region) => {
    let compared = 0;
    for (const role of everyRole) {
      const cookie = await console.enter([role], region);
      for (const name of asked().map(nameOf)) {
        if (endsItself.includes(name)) continue;
        const expected = expectedOf(name, { role, region, isScreen: false });
        expect([role, name, await knock(name, cookie)]).toEqual([role, name, expected]);
        compared += 1;
      }
    }
    const now = console.clock.now;
    const { token } = await issueViewerToken(console.store.pool, { region, label: '', now });
    for (const name of asked().map(nameOf)) {
      if (endsItself.includes(name)) continue;
      const screen = { role: 'viewer', region, isScreen: true } as const;
      const got = await knock(name, `${viewerCookie}=${token}`);
      expect(['screen', name, got]).toEqual(['screen', name, expectedOf(name, screen)]);
      compared += 1;
    }
    expect(compared).toBe((everyRole.length + 1) * (asked().length - endsItself.length));
  },
  120_000,
);

test('nobody at all is let in where a role, an account or a screen is asked for', async () => {
  for (const name of asked().map(nameOf)) {
    const { may } = oracle[name] ?? {};
    if (may === 'everybody') continue;
    expect([name, await knock(name, null)]).toEqual([name, false]);
  }
});
