import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { ContactNumbersReply, MemberRecordView, MemberView, Page } from '@sightline/contracts';
import { listAudit } from '@sightline/store';
import { insertMember, insertOrganisation } from '@sightline/store/testing';
import { expect, test } from 'vitest';
import { limits } from '#limits.ts';
import { openVault } from '#register-import/open-vault.ts';
import { openTestConsole, problemOf } from './testing-console.ts';
import { makeKeyFile } from './testing-factor.ts';

const village = '540235100201';
const mobile = '13812345678';
const why = 'purpose=register-upkeep';

async function openMember() {
  const key = makeKeyFile();
  const console = await openTestConsole({ registerKeyFile: key.file });
  const { pool } = console.store;
  const branch = await insertOrganisation(pool, { code: 'B', region: village });
  const idCipher = openVault(key.file).seal('540200198005010018');
  const memberId = await insertMember(pool, { ...branch, name: '次仁', idCipher });
  const cookie = await console.enter(['registrar'], '540235');
  const own = `/api/members/${memberId}`;
  return {
    console,
    keyFile: key.file,
    branch,
    memberId,
    post: (path: string, body: object = {}) =>
      console.call({ method: 'POST', url: `${own}${path}`, cookie, body }),
    read: async () =>
      (await console.call({ url: `${own}?${why}`, cookie })).json<MemberRecordView>(),
    list: async (after = '') => {
      const url = `/api/organisations/${branch.organisationId}/members?${why}${after}`;
      return (await console.call({ url, cookie })).json<Page<MemberView>>();
    },
    lastAudit: async () => (await listAudit(pool, { scope: '5402', before: null, limit: 1 }))[0],
    async [Symbol.asyncDispose]() {
      await console[Symbol.asyncDispose]();
      key[Symbol.dispose]();
    },
  };
}

test('a member is changed by hand, and the reading of the record stands in the audit', async () => {
  await using member = await openMember();
  const said = { education: 'bachelor', joinedOn: '2012-07-01', isProbationary: false };
  expect((await member.post('/change', { ...said, name: ' 次仁  多吉 ' })).statusCode).toBe(201);
  expect(await member.read()).toMatchObject({ ...said, name: '次仁 多吉' });
  expect(await member.lastAudit()).toMatchObject({
    what: 'member.read',
    purpose: 'register-upkeep',
    subject: `member:${member.memberId}`,
  });
  const noDay = await member.post('/change', { ...said, name: '次仁', joinedOn: '2026-02-30' });
  expect([noDay.statusCode, problemOf(noDay)]).toEqual([400, 'malformed']);
});

test('a telephone number is kept sealed, shown covered, and whole only with an audit row of its own', async () => {
  await using member = await openMember();
  const body = { kind: 'mobile', number: mobile };
  expect((await member.post('/contacts', body)).statusCode).toBe(201);
  expect((await member.read()).contacts).toEqual([{ kind: 'mobile', masked: '138******78' }]);
  const whole = async () =>
    (await member.post(`/contact-numbers?${why}`)).json<ContactNumbersReply>().contacts;
  expect(await whole()).toEqual([body]);
  expect(await member.lastAudit()).toMatchObject({ what: 'member.contact-numbers' });
  const { rows } = await member.console.store.pool.query<{ kept: string }>(
    `select (select string_agg(c::text, '') from contact c)
         || (select string_agg(c::text, '') from command c) as kept`,
  );
  const kept = rows[0]?.kept ?? '';
  expect([kept.includes(mobile), kept.includes(Buffer.from(mobile).toString('hex'))]).toEqual([
    false,
    false,
  ]);
  expect((await member.post('/contacts', { kind: 'mobile', number: null })).statusCode).toBe(201);
  expect(await whole()).toEqual([]);
});

test('a post is given in an organisation of one’s own region, and ended', async () => {
  await using member = await openMember();
  const { organisationId } = member.branch;
  const title = '支部书记';
  const given = await member.post('/posts', { organisationId, title, fromDay: '2025-01-01' });
  const { postId } = given.json<{ postId: string }>();
  const { items } = await member.list();
  expect(items.map(({ posts }) => posts)).toEqual([[title]]);
  expect((await member.post(`/posts/${postId}/end`, { day: '2026-01-01' })).statusCode).toBe(201);
  expect((await member.read()).posts).toMatchObject([{ postId, title, toDay: '2026-01-01' }]);
  expect(problemOf(await member.post('/posts/nonsense/end', { day: '2026-01-01' }))).toBe(
    'no-such-post',
  );
  const faraway = { code: 'F', region: '540221100201' };
  const { organisationId: outside } = await insertOrganisation(member.console.store.pool, faraway);
  const body = { organisationId: outside, title, fromDay: '2025-01-01' };
  expect(problemOf(await member.post('/posts', body))).toBe('outside-scope');
});

test('with another key than that of the register no number is shown or taken in, and the centre says why', async () => {
  await using member = await openMember();
  writeFileSync(member.keyFile, randomBytes(32));
  const shown = await member.post(`/id-number?${why}`);
  expect([shown.statusCode, problemOf(shown)]).toEqual([409, 'wrong-register-key']);
  expect(shown.json<{ detail: string }>().detail).toContain('SIGHTLINE_REGISTER_KEY_FILE');
  const contact = await member.post('/contacts', { kind: 'mobile', number: mobile });
  expect(problemOf(contact)).toBe('wrong-register-key');
  const upload = await member.console.call({
    method: 'POST',
    url: `/api/imports?kind=members&name=a.xlsx`,
    cookie: await member.console.enter(['registrar'], '540235'),
    body: {},
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    },
  });
  expect(problemOf(upload)).toBe('wrong-register-key');
});

test('the cursor of a page of members holds nobody’s name', async () => {
  await using member = await openMember();
  for (let count = 0; count < limits.pageRows; count += 1) {
    await insertMember(member.console.store.pool, { ...member.branch, name: '次仁' });
  }
  const first = await member.list();
  expect(first.next).toMatch(/^[0-9a-f-]{36}$/);
  const second = await member.list(`&after=${first.next}`);
  const ids = [...first.items, ...second.items].map(({ memberId }) => memberId);
  expect([ids.length, new Set(ids).size, second.next]).toEqual([
    limits.pageRows + 1,
    limits.pageRows + 1,
    null,
  ]);
});
