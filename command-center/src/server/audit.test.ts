import { randomUUID } from 'node:crypto';
import type { AuditVerdictView, AuditView, Page } from '@sightline/contracts';
import { addPeople, appendCentreFacts, createTerminal, verifyAudit } from '@sightline/store';
import { expect, test } from 'vitest';
import { openTestConsole, type TestConsole } from './testing-console.ts';

const village = '540235100201';
const secret = 'Dorje-The-Named';

/** A village with a named person who has checked in. */
async function openNamed() {
  const console = await openTestConsole();
  const { store, clock } = console;
  const personId = randomUUID();
  const change = { now: clock.now, actor: 'system:test' };
  await addPeople(store, [{ personId, region: village, name: secret, post: '' }], change);
  const terminalId = `${village}-1`;
  await createTerminal(store, { terminalId, region: village, simulated: true });
  await store.pool.query(
    `insert into check_in values ($1, 1, $2, $2, true, $2, $3, $4, $5, '2026-11-23/day',
       '2026-11-23/day', 'pin', true, 'actual', 's', $1, 0)`,
    [randomUUID(), clock.now.toString(), village, terminalId, personId],
  );
  return { console, personId };
}

/** Every GET route of the server, with parameters that find something. */
function getRoutes({ app }: TestConsole): string[] {
  const tree = app.printRoutes({ commonPrefix: false });
  const stack: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const match = /^([│ ]*)(?:├|└)── (\S+?)(?: \(([A-Z, ]+)\))?$/u.exec(line);
    if (match === null) return [];
    const depth = (match[1]?.length ?? 0) / 4;
    stack.length = depth;
    stack.push(match[2] ?? '');
    return match[3]?.includes('GET') === true ? [stack.join('')] : [];
  });
}

async function auditRows({ store }: TestConsole): Promise<number> {
  const { rows } = await store.pool.query<{ count: number }>('select count(*) as count from audit');
  return rows[0]?.count ?? 0;
}

test('no route returns a name without an audit row of the same request', async () => {
  const { console, personId } = await openNamed();
  await using _ = console;
  const cookie = await console.signIn(['dispatcher', 'registrar'], '5402');
  const routes = getRoutes(console);
  expect(routes.length).toBeGreaterThan(12);
  const named: string[] = [];
  for (const route of routes) {
    const path = route
      .replace(':region', village)
      .replace(':personId', personId)
      .replace(':terminalId', `${village}-1`);
    const url = `${path}?purpose=duty-watch&region=${village}&all=1`;
    const before = await auditRows(console);
    const reply = await console.call({ url, cookie });
    if (!reply.body.includes(secret)) continue;
    named.push(route);
    expect([route, (await auditRows(console)) - before]).toEqual([route, 1]);
  }
  // The walk does reach the names, so it would notice one without a row.
  expect(named.toSorted()).toEqual([
    '/api/villages/:region/check-ins',
    '/api/villages/:region/people',
  ]);
});

test('a reading says who, what, where and why; one without a purpose is refused and reads nothing', async () => {
  const { console } = await openNamed();
  await using _ = console;
  const cookie = await console.signIn(['dispatcher'], '540235');
  const url = `/api/villages/${village}/people`;
  for (const query of ['', '?purpose=', '?purpose=curiosity']) {
    const reply = await console.call({ url: `${url}${query}`, cookie });
    const status = query === '' ? 400 : 403;
    expect([reply.statusCode, reply.body.includes(secret)]).toEqual([status, false]);
  }
  await console.call({ url: `${url}?purpose=duty-watch`, cookie });
  const admin = await console.signIn(['audit-administrator'], '5402');
  const list = await console.call({ url: '/api/audit', cookie: admin });
  const [, row] = list.json<Page<AuditView>>().items;
  expect(row).toMatchObject({
    what: 'people.read',
    region: village,
    purpose: 'duty-watch',
    subject: null,
  });
  expect(row?.who).toMatch(/^account:/);
  expect(row?.login).not.toBeNull();
  expect(list.body).not.toContain(secret);
});

test('when the audit row cannot be written, nothing is read', async () => {
  const { console } = await openNamed();
  await using _ = console;
  const cookie = await console.signIn(['dispatcher'], '5402');
  await console.store.pool.query('alter table audit rename to audit_away');
  const url = `/api/villages/${village}/people?purpose=duty-watch`;
  const reply = await console.call({ url, cookie });
  expect([reply.statusCode, reply.body.includes(secret)]).toEqual([500, false]);
});

test('every command leaves an audit row in its own transaction, and none when it is refused', async () => {
  const { console } = await openNamed();
  await using _ = console;
  const cookie = await console.signIn(['dispatcher'], '5402');
  const before = await auditRows(console);
  const add = (name: string) =>
    console.call({
      method: 'POST',
      url: `/api/villages/${village}/people`,
      cookie,
      body: { name, post: '' },
    });
  expect((await add('央金')).statusCode).toBe(201);
  expect((await add('央金')).statusCode).toBe(409);
  expect((await auditRows(console)) - before).toBe(1);
});

test('the chain holds over readings made at once and facts appended meanwhile', async () => {
  const { console } = await openNamed();
  await using _ = console;
  const cookie = await console.signIn(['dispatcher'], '5402');
  const auditor = await console.signIn(['audit-administrator'], '5402');
  const url = `/api/villages/${village}/people?purpose=duty-watch`;
  await Promise.all([
    ...Array.from({ length: 20 }, () => console.call({ url, cookie })),
    appendCentreFacts(console.store, [
      {
        at: '2026-11-23T04:00:00.000Z',
        region: village,
        stream: `people/${village}/roster`,
        type: 'person.added',
        world: 'actual',
        actor: 'system:test',
        data: { personId: randomUUID() },
      },
    ]),
  ]);
  const reply = await console.call({ url: '/api/audit/verify', cookie: auditor });
  const verdict = reply.json<AuditVerdictView>();
  expect(verdict).toMatchObject({ rows: 22, brokenAt: null });
  expect(await verifyAudit(console.store.pool)).toMatchObject({ brokenAt: null });
});
