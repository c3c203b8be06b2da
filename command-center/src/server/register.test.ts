import { randomUUID } from 'node:crypto';
import type { CompositionView, MemberView, OrganisationView, Page } from '@sightline/contracts';
import { listAudit, readLog } from '@sightline/store';
import { insertMember, insertOrganisation } from '@sightline/store/testing';
import { expect, test } from 'vitest';
import { openVault } from '#register-import/open-vault.ts';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';
import { makeKeyFile } from './testing-factor.ts';

const village = '540235100201';
const secret = '秘密的名字';
const idNumber = '540200198005010018';

async function openRegister() {
  const key = makeKeyFile();
  const console = await openTestConsole({ registerKeyFile: key.file });
  const { pool } = console.store;
  const county = await insertOrganisation(pool, { code: 'C', region: '540235', kind: 'committee' });
  const branch = await insertOrganisation(pool, { code: 'B', region: village, parent: county });
  const faraway = await insertOrganisation(pool, { code: 'F', region: '540221100201' });
  const idCipher = openVault(key.file).seal(idNumber);
  const memberId = await insertMember(pool, { ...branch, name: secret, idCipher });
  const cookie = await console.enter(['registrar'], '540235');
  const post = (url: string, body: object = {}) =>
    console.call({ method: 'POST', url, cookie, body });
  return {
    console,
    county,
    branch,
    faraway,
    memberId,
    cookie,
    post,
    async [Symbol.asyncDispose]() {
      await console[Symbol.asyncDispose]();
      key[Symbol.dispose]();
    },
  };
}

async function tree({ call }: TestConsole, cookie: string): Promise<OrganisationView[]> {
  return (await call({ url: '/api/organisations', cookie })).json<OrganisationView[]>();
}

test('the tree shows what stands in the scope, with its members counted and nobody named', async () => {
  await using register = await openRegister();
  const { console, cookie, county, branch } = register;
  const seen = await tree(console, cookie);
  expect(seen.map(({ code, members, parentId }) => [code, members, parentId])).toEqual([
    ['C', 0, null],
    ['B', 1, county.organisationId],
  ]);
  const township = await console.enter(['dispatcher'], '540235100');
  const own = await tree(console, township);
  // The parent stands outside: the branch is the top of what a township sees.
  expect(own.map(({ organisationId, parentId }) => [organisationId, parentId])).toEqual([
    [branch.organisationId, null],
  ]);
  expect(JSON.stringify(seen)).not.toContain(secret);
});

test('members are read by name for a purpose, audited, and without their numbers', async () => {
  await using register = await openRegister();
  const { console, cookie, branch } = register;
  const url = `/api/organisations/${branch.organisationId}/members`;
  const refused = await console.call({ url: `${url}?purpose=duty-watch`, cookie });
  expect([refused.statusCode, refused.body.includes(secret)]).toEqual([403, false]);
  const reply = await console.call({ url: `${url}?purpose=data-quality`, cookie });
  expect(reply.json<Page<MemberView>>().items.map(({ name }) => name)).toEqual([secret]);
  expect(reply.body).not.toContain(idNumber);
  const [row] = await listAudit(console.store.pool, { scope: '5402', before: null, limit: 1 });
  expect(row).toMatchObject({
    what: 'members.read',
    purpose: 'data-quality',
    region: village,
    subject: `organisation:${branch.organisationId}`,
  });
});

test('a whole id number is shown one at a time, each time with its own audit row', async () => {
  await using register = await openRegister();
  const { console, post, memberId } = register;
  const url = `/api/members/${memberId}/id-number`;
  expect((await post(`${url}?purpose=curiosity`)).statusCode).toBe(403);
  expect((await post(`${url}?purpose=subject-request`)).json()).toEqual({ idNumber });
  const [row] = await listAudit(console.store.pool, { scope: '5402', before: null, limit: 1 });
  expect(row).toMatchObject({ what: 'member.id-number', subject: `member:${memberId}` });
});

test('without the register key no number is shown, and the refusal says what to set', async () => {
  await using console = await openTestConsole();
  const branch = await insertOrganisation(console.store.pool, { code: 'B', region: village });
  const memberId = await insertMember(console.store.pool, branch);
  const cookie = await console.enter(['registrar'], '540235');
  const url = `/api/members/${memberId}/id-number?purpose=subject-request`;
  const reply = await console.call({ method: 'POST', url, cookie, body: {} });
  expect([reply.statusCode, problemOf(reply)]).toEqual([409, 'no-register-key']);
});

test('an organisation is added, renamed, moved and ended; the log knows ids only', async () => {
  await using register = await openRegister();
  const { console, cookie, county, branch, post } = register;
  const body = {
    region: village,
    code: 'N1',
    name: ' 新  支部 ',
    kind: 'branch',
    isFunctional: false,
    parentId: branch.organisationId,
    fromDay: '2026-11-01',
  };
  const { organisationId } = (await post('/api/organisations', body)).json<{
    organisationId: string;
  }>();
  const url = `/api/organisations/${organisationId}`;
  expect((await post(`${url}/rename`, { name: '改名支部' })).statusCode).toBe(201);
  expect((await post(`${url}/move`, { parentId: county.organisationId })).statusCode).toBe(201);
  const found = (await tree(console, cookie)).find((each) => each.code === 'N1');
  expect(found).toMatchObject({ name: '改名支部', parentId: county.organisationId });
  expect((await post(`${url}/end`, { day: '2026-11-20' })).statusCode).toBe(201);
  expect((await tree(console, cookie)).some((each) => each.code === 'N1')).toBe(false);
  const log = await readLog(console.store.pool, { after: 0 });
  const changes = log.filter(({ fact }) => fact.type === 'organisation.changed');
  expect(changes.map(({ fact }) => fact.data['change'])).toEqual([
    'added',
    'renamed',
    'moved',
    'ended',
  ]);
  expect(JSON.stringify(log)).not.toContain('支部');
});

test('nobody puts anything under an organisation, or a member into one, outside their region', async () => {
  await using register = await openRegister();
  const { faraway, branch, memberId, post } = register;
  const parentId = faraway.organisationId;
  const move = await post(`/api/organisations/${branch.organisationId}/move`, { parentId });
  expect([move.statusCode, problemOf(move)]).toEqual([403, 'outside-scope']);
  const transfer = await post(`/api/members/${memberId}/transfer`, { organisationId: parentId });
  expect([transfer.statusCode, problemOf(transfer)]).toEqual([403, 'outside-scope']);
  const unknown = await post(`/api/members/${memberId}/transfer`, { organisationId: randomUUID() });
  expect(problemOf(unknown)).toBe('no-such-organisation');
});

test('a composition covers counts by which one or two people could be recognised', async () => {
  await using register = await openRegister();
  const { console, cookie, branch } = register;
  for (let index = 0; index < 5; index += 1) await insertMember(console.store.pool, branch);
  for (let index = 0; index < 2; index += 1) {
    await insertMember(console.store.pool, { ...branch, sex: 'female' });
  }
  const reply = await console.call({ url: '/api/composition', cookie });
  const { members, sex } = reply.json<CompositionView>();
  expect([members, sex]).toEqual([
    8,
    [
      { key: 'female', count: null },
      { key: 'male', count: null },
    ],
  ]);
});
