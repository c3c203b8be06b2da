import { createHash, randomUUID } from 'node:crypto';
import { peoplePerVillage, type GrantReply, type PersonView } from '@sightline/contracts';
import { createTerminal, readDesired, readStream, rosterStream } from '@sightline/store';
import { expect, test } from 'vitest';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';

const village = '540235100201';
const terminalId = `${village}-1`;

async function openVillage() {
  const console = await openTestConsole();
  await createTerminal(console.store, { terminalId, region: village, simulated: true });
  const cookie = await console.signIn(['dispatcher'], '540235');
  const add = (name: string, { post = '委员', key }: { post?: string; key?: string } = {}) =>
    console.call({
      method: 'POST',
      url: `/api/villages/${village}/people`,
      cookie,
      body: { name, post },
      ...(key === undefined ? {} : { key }),
    });
  return { console, cookie, add };
}

async function names({ call }: TestConsole, cookie: string): Promise<string[]> {
  const reply = await call({
    url: `/api/villages/${village}/people?purpose=roster-upkeep`,
    cookie,
  });
  return reply.json<PersonView[]>().map((person) => person.name);
}

test('a person added is on the list, at the terminal and, by id alone, in the log', async () => {
  const { console, cookie, add } = await openVillage();
  await using _ = console;
  const key = randomUUID();
  const reply = await add('  扎西  多吉 ', { post: '支部书记', key });
  expect(reply.statusCode).toBe(201);
  const { personId } = reply.json<{ personId: string }>();
  expect(await names(console, cookie)).toEqual(['扎西 多吉']);
  const desired = await readDesired(console.store.pool, terminalId);
  expect(desired?.people).toEqual([{ personId, name: '扎西 多吉', post: '支部书记' }]);
  const [stored] = await readStream(console.store.pool, rosterStream(village));
  expect(stored?.fact).toMatchObject({ type: 'person.added', cause: key, data: { personId } });
  expect(stored?.body).not.toContain('扎西');
});

test('the same command again, even at the same time, adds one person and answers the same', async () => {
  const { console, cookie, add } = await openVillage();
  await using _ = console;
  const key = randomUUID();
  const replies = await Promise.all([
    add('央金', { key }),
    add('央金', { key }),
    add('央金', { key }),
  ]);
  expect(replies.map((reply) => reply.statusCode)).toEqual([201, 201, 201]);
  expect(new Set(replies.map((reply) => reply.body)).size).toBe(1);
  expect(await names(console, cookie)).toEqual(['央金']);
  const other = await add('次仁', { key });
  expect([other.statusCode, problemOf(other)]).toEqual([409, 'idempotency-key-reused']);
});

test('a refused command does not use its id up', async () => {
  const { console, add } = await openVillage();
  await using _ = console;
  const key = randomUUID();
  await add('央金');
  expect(problemOf(await add('央金', { key }))).toBe('same-name');
  expect((await add('央金', { post: '妇女主任', key })).statusCode).toBe(201);
});

test('a command without an id is refused', async () => {
  const { console, cookie } = await openVillage();
  await using _ = console;
  const reply = await console.call({
    method: 'POST',
    url: `/api/villages/${village}/people`,
    cookie,
    body: { name: '央金', post: '' },
    key: 'once',
  });
  expect([reply.statusCode, problemOf(reply)]).toEqual([400, 'malformed']);
});

test('twenty active people fit in a village however many are added at once; a retired one makes room', async () => {
  const { console, cookie, add } = await openVillage();
  await using _ = console;
  const replies = await Promise.all(
    Array.from({ length: peoplePerVillage + 6 }, (_, index) => add(`人${index}`)),
  );
  const added = replies.filter((reply) => reply.statusCode === 201);
  const refused = replies.filter((reply) => reply.statusCode !== 201);
  // Those that saw the roster change twice are told so; nobody is told a wrong "full".
  for (const reply of refused) expect(['village-full', 'conflict']).toContain(problemOf(reply));
  for (let index = 0; added.length + index < peoplePerVillage; index += 1) {
    expect((await add(`后${index}`)).statusCode).toBe(201);
  }
  expect(problemOf(await add('多一人'))).toBe('village-full');
  expect(await names(console, cookie)).toHaveLength(peoplePerVillage);
  const { rows } = await console.store.pool.query<{ slots: number }>(
    'select count(distinct slot)::int as slots from person where slot is not null',
  );
  expect(rows[0]?.slots).toBe(peoplePerVillage);

  const { personId } = added[0]?.json<{ personId: string }>() ?? { personId: '' };
  const url = `/api/people/${personId}/retire`;
  const retired = await console.call({ method: 'POST', url, cookie, body: {} });
  expect(retired.statusCode).toBe(201);
  const desired = await readDesired(console.store.pool, terminalId);
  expect(desired?.people.some((person) => person.personId === personId)).toBe(false);
  const again = await console.call({ method: 'POST', url, cookie, body: {} });
  expect(problemOf(again)).toBe('not-active');
  expect((await add('多一人')).statusCode).toBe(201);
});

test('a code for a person reaches the terminal as a salted hash and is shown to the same session again', async () => {
  const { console, cookie, add } = await openVillage();
  await using _ = console;
  const { personId } = (await add('扎西')).json<{ personId: string }>();
  const key = randomUUID();
  const issue = (by: string, id = key) =>
    console.call({
      method: 'POST',
      url: `/api/people/${personId}/grants`,
      cookie: by,
      body: { purpose: 'set-pin', terminalId },
      key: id,
    });
  const reply = await issue(cookie);
  const grant = reply.json<GrantReply>();
  expect(grant.code).toMatch(/^\d{8}$/);
  const [held] = (await readDesired(console.store.pool, terminalId))?.grants ?? [];
  expect(held).toMatchObject({ grantId: grant.grantId, personId, purpose: 'set-pin' });
  const expected = createHash('sha256')
    .update(`${held?.salt ?? ''}\n${grant.code}`)
    .digest('base64url');
  expect(held?.codeHash).toBe(expected);
  expect(held?.expiresAt).toBe('2026-11-23T04:10:00.000Z');

  expect((await issue(cookie)).body).toBe(reply.body);
  const dump = await console.store.pool.query<{ text: string }>(
    'select command::text as text from command union all select body from log',
  );
  expect(dump.rows.some((row) => row.text.includes(grant.code))).toBe(false);
  const other = await console.signIn(['dispatcher'], village);
  expect(problemOf(await issue(other))).toBe('idempotency-key-reused');

  // A newer code for the same purpose ends the one before; ended ones go.
  await issue(cookie, randomUUID());
  expect((await readDesired(console.store.pool, terminalId))?.grants).toHaveLength(1);
});

test("a retired person's codes go with them, and none is issued for them or at another village's terminal", async () => {
  const { console, cookie, add } = await openVillage();
  await using _ = console;
  const { personId } = (await add('扎西')).json<{ personId: string }>();
  const issue = (terminal: string) =>
    console.call({
      method: 'POST',
      url: `/api/people/${personId}/grants`,
      cookie,
      body: { purpose: 'enrol-face', terminalId: terminal },
    });
  const elsewhere = '540235100202-1';
  await createTerminal(console.store, {
    terminalId: elsewhere,
    region: '540235100202',
    simulated: true,
  });
  expect(problemOf(await issue(elsewhere))).toBe('no-such-terminal');
  expect((await issue(terminalId)).statusCode).toBe(201);
  const url = `/api/people/${personId}/retire`;
  await console.call({ method: 'POST', url, cookie, body: {} });
  expect((await readDesired(console.store.pool, terminalId))?.grants).toEqual([]);
  expect(problemOf(await issue(terminalId))).toBe('not-active');
});
