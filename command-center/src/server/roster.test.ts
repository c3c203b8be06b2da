import { randomUUID } from 'node:crypto';
import {
  unpackRoster,
  type CalendarView,
  type GenerateReply,
  type Page,
  type RosterDayLine,
  type RosterDaysLine,
  type RosterMonthLine,
  type RosterPattern,
  type RosterTroubleView,
  type ShiftChangeView,
  type VillageRosterView,
} from '@sightline/contracts';
import { addPeople, createTerminal, readDesired, retirePerson } from '@sightline/store';
import { inRefusableTransaction } from '@sightline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestConsole, problemOf, type TestConsole } from './testing-console.ts';

const village = '540235100201';
const township = '540235100';
const terminalId = `${village}-1`;
/** The test's clock stands on 2026-11-23, noon in the village: the day shift runs. */
const actor = 'system:test';
const people = Array.from({ length: 4 }, () => randomUUID());
const [a = '', b = '', c = '', d = ''] = people;
const full: RosterPattern = {
  shifts: 'full',
  dayKinds: ['workday', 'weekend', 'holiday'],
  rotation: 'daily',
  people: null,
};

let console: TestConsole;
let officer = '';
let second = '';
beforeAll(async () => {
  console = await openTestConsole();
  const { store, clock } = console;
  await createTerminal(store, { terminalId, region: village, simulated: true });
  const rows = people.map((personId, n) => ({
    personId,
    region: village,
    name: `扎西${n}`,
    post: '',
  }));
  expect(await addPeople(store, rows, { now: clock.now, actor })).toBeNull();
  officer = await console.enter(['registrar'], township);
  second = await console.enter(['dispatcher'], township);
});
afterAll(() => console[Symbol.asyncDispose]());

const post = (url: string, body: unknown, cookie = officer) =>
  console.call({ method: 'POST', url, body, cookie });
async function get<T>(url: string): Promise<T> {
  const reply = await console.call({ url: `${url}&purpose=roster-upkeep`, cookie: officer });
  expect([reply.statusCode, reply.body.slice(0, 200)]).toEqual([200, expect.anything()]);
  return reply.json<T>();
}
const month = (of = '2026-11') =>
  get<VillageRosterView>(`/api/villages/${village}/roster?month=${of}`);
const generate = async (body: object) => {
  const asked = { region: township, from: '2026-11-23', days: 10, mode: 'replace', ...body };
  const tried = (
    await post('/api/rosters/generate', { ...asked, apply: false })
  ).json<GenerateReply>();
  const { digest } = tried;
  return { tried, applied: await post('/api/rosters/generate', { ...asked, apply: true, digest }) };
};

test('a calendar is imported from the state’s days, and a month shows its kinds and Tibetan days', async () => {
  const asked = { region: '540235', year: 2026, source: 'library', festivalDays: 3 };
  const prefecture = await console.enter(['registrar'], '5402');
  expect((await post('/api/roster-calendar', asked)).statusCode).toBe(403);
  expect((await post('/api/roster-calendar', asked, prefecture)).statusCode).toBe(201);
  const shown = await get<CalendarView>(`/api/roster-calendar?region=${village}&month=2026-10`);
  expect(shown.isImported).toBe(true);
  expect(shown.days[0]).toMatchObject({ kind: 'holiday', name: '国庆节' });
  expect(shown.days[9]).toMatchObject({ day: '2026-10-10', kind: 'workday' });
  expect(shown.days[9]?.tibetan?.chinese).toContain('月');
  const later = { ...asked, year: 2049 };
  expect(problemOf(await post('/api/roster-calendar', later, prefecture))).toBe('year-not-known');
  const rows = { region: '540235', year: 2027, source: 'rows', days: [] };
  const strange = { ...rows, days: [{ day: '2027-02-30', kind: 'holiday', name: '春节' }] };
  expect((await post('/api/roster-calendar', strange, prefecture)).statusCode).toBe(400);
});

test('a township’s month is tried, then applied as it was shown; the terminal knows it', async () => {
  const posts = { watch: full, standby: { ...full, shifts: 'night' } };
  expect((await post('/api/roster-patterns', { region: township, posts })).json()).toMatchObject({
    villages: expect.any(Number),
  });
  const endless = { watch: { ...full, rotation: 'weekly' } };
  const refused = await post('/api/roster-patterns', { region: village, posts: endless });
  expect(problemOf(refused)).toBe('too-long');
  const { tried, applied } = await generate({});
  const own = tried.villages.find(({ region }) => region === village);
  expect(own).toMatchObject({ gaps: 0 });
  expect(applied.statusCode).toBe(201);
  expect(applied.json()).toMatchObject({ applied: true, digest: tried.digest });
  const { slots, duties, undo, people: named } = await month();
  // The day that runs was nobody's and stays so.
  expect(slots.some(({ shift }) => shift === '2026-11-23/day')).toBe(false);
  expect(slots[0]).toMatchObject({ shift: '2026-11-23/night' });
  expect(duties.find(({ day }) => day === '2026-11-24')).toMatchObject({ span: 'full' });
  expect(named.map(({ name }) => name)).toEqual(['扎西0', '扎西1', '扎西2', '扎西3']);
  expect(undo?.why).toBe('generated');
  const desired = await readDesired(console.store.pool, terminalId);
  const atTerminal = desired?.roster === undefined ? [] : unpackRoster(desired.roster);
  expect(atTerminal).toHaveLength(slots.length + (await month('2026-12')).slots.length);
  // Tried again nothing would change; a digest of something else is refused.
  const again = await generate({});
  expect(again.tried.villages.map(({ changed }) => changed)).toEqual(
    again.tried.villages.map(() => 0),
  );
  const wrong = { region: township, from: '2026-11-23', days: 10, mode: 'fill', apply: true };
  const digest = 'A'.repeat(43);
  expect(problemOf(await post('/api/rosters/generate', { ...wrong, digest }))).toBe(
    'looked-different',
  );
});

test('an edit stands on what its maker saw, and an undo takes the last change back', async () => {
  const before = await month();
  const url = `/api/villages/${village}/roster/edit`;
  const slot = { post: 'lead', shift: '2026-11-30/day', personId: a, fallbackId: b };
  const position = before.position;
  const edited = await post(url, { position, slots: [slot] });
  expect(edited.statusCode).toBe(201);
  expect(problemOf(await post(url, { position, slots: [slot] }))).toBe('conflict');
  const now = await month();
  expect(now.position).toBe(edited.json<{ position: number }>().position);
  expect(now.slots).toHaveLength(before.slots.length + 1);
  const twice = { ...slot, post: 'standby' };
  const again = await post(url, { position: now.position, slots: [twice] });
  expect(problemOf(again)).toBe('two-posts');
  const past = { ...slot, shift: '2026-11-22/night' };
  expect(problemOf(await post(url, { position: now.position, slots: [past] }))).toBe(
    'shift-is-over',
  );
  const undone = await post(`/api/villages/${village}/roster/undo`, { position: now.position });
  expect(undone.statusCode).toBe(201);
  expect((await month()).slots).toEqual(before.slots);
});

test('gaps and double bookings are told with somebody who is free, and counted by village', async () => {
  const line = async () => {
    const url = `/api/rosters?region=${township}&month=2026-11`;
    return (await get<Page<RosterMonthLine>>(url)).items.find(({ region }) => region === village);
  };
  const found = await get<Page<RosterTroubleView>>(`/api/roster-troubles?region=${village}`);
  expect(found.items[0]).toMatchObject({
    kind: 'gap',
    shift: '2026-11-23/day',
    post: 'watch',
    person: null,
  });
  expect(found.items[0]?.proposed?.name).toMatch(/^扎西/);
  expect(found.next).not.toBeNull();
  const more = await get<Page<RosterTroubleView>>(
    `/api/roster-troubles?region=${village}&after=${encodeURIComponent(found.next ?? '')}`,
  );
  expect(more.items[0]?.shift && more.items[0].shift > '2026-12-02').toBe(true);
  // November up to the 22nd was nobody's, and the day of the 23rd.
  expect(await line()).toMatchObject({ required: 90, gaps: 22 * 3 + 1, doubles: 0, left: 0 });
  // Ten days were generated from the 23rd on; the 3rd of December is the first that nobody holds.
  const daysUrl = `/api/rosters/days?region=${township}&from=2026-11-24`;
  const days = (await get<Page<RosterDaysLine>>(daysUrl)).items.find(
    ({ region }) => region === village,
  )?.days;
  expect([days?.length, days?.[0], days?.[9]]).toEqual([
    14,
    { required: 3, gaps: 0 },
    { required: 3, gaps: 3 },
  ]);
  const day = await get<Page<RosterDayLine>>(`/api/rosters/day?region=${township}&day=2026-11-24`);
  const own = day.items.find(({ region }) => region === village);
  expect(own?.duties.map(({ post: of, span }) => [of, span])).toEqual([
    ['watch', 'full'],
    ['standby', 'night'],
  ]);
  expect(own?.people.length).toBeGreaterThan(1);
});

const tomorrow = { post: 'watch', day: '2026-11-24', span: 'full' } as const;
const holderOf = async (day: string) =>
  (await month()).duties.find((duty) => duty.day === day && duty.post === 'watch')?.personId;
const changes = async (show: string) =>
  (await get<Page<ShiftChangeView>>(`/api/shift-changes?region=${township}&show=${show}`)).items;

test('a swap stands when both agreed and another account approved, and cannot be undone by one', async () => {
  const [one, other] = [await holderOf('2026-11-24'), await holderOf('2026-11-25')];
  const changeId = randomUUID();
  const duty = tomorrow;
  const otherDuty = { ...tomorrow, day: '2026-11-25' };
  const ask = { kind: 'swap', changeId, personId: one, duty, otherId: other, otherDuty };
  // Whoever stands by in one of these nights could not watch it too.
  const { position, slots } = await month();
  const standby = slots
    .filter(({ post: of, shift }) => of === 'standby' && /-2[45]\//.test(shift))
    .map((slot) => ({ ...slot, personId: null, fallbackId: null }));
  const edit = `/api/villages/${village}/roster/edit`;
  expect((await post(edit, { position, slots: standby })).statusCode).toBe(201);
  expect((await post('/api/shift-changes', { region: village, ask })).statusCode).toBe(201);
  const decide = (decision: string, cookie: string) =>
    post(`/api/shift-changes/${changeId}/decide`, { decision }, cookie);
  expect(problemOf(await decide('approved', second))).toBe('not-agreed');
  expect((await post(`/api/shift-changes/${changeId}/agree`, {})).json()).toMatchObject({
    state: 'agreed',
  });
  expect(problemOf(await decide('approved', officer))).toBe('own-request');
  expect(await changes('open')).toMatchObject([
    { changeId, state: 'agreed', isOwn: true, agreedSaidBy: 'console' },
  ]);
  expect((await decide('approved', second)).json()).toEqual({ changeId, state: 'approved' });
  expect([await holderOf('2026-11-25'), await holderOf('2026-11-24')]).toEqual([one, other]);
  expect(problemOf(await decide('refused', second))).toBe('already-decided');
  expect(await changes('open')).toEqual([]);
  const after = await month();
  expect(after.undo).toBeNull();
  expect(
    problemOf(await post(`/api/villages/${village}/roster/undo`, { position: after.position })),
  ).toBe('nothing-to-undo');
});

test('a take-over acts at once; refused, it goes back from the next shift on', async () => {
  const { store, clock } = console;
  const noon = clock.now;
  clock.now = Temporal.Instant.from('2026-11-24T04:00:00Z');
  officer = await console.enter(['registrar'], township);
  second = await console.enter(['dispatcher'], township);
  const holder = await holderOf('2026-11-24');
  const { slots } = await month();
  const busy = slots
    .filter(({ shift }) => shift.startsWith('2026-11-24'))
    .map((slot) => slot.personId);
  const free = people.find((id) => !busy.includes(id)) ?? '';
  const changeId = randomUUID();
  const ask = { kind: 'take-over', changeId, personId: holder, duty: tomorrow, otherId: free };
  expect((await post('/api/shift-changes', { region: village, ask })).statusCode).toBe(201);
  expect(await holderOf('2026-11-24')).toBe(free);
  const url = `/api/shift-changes/${changeId}/decide`;
  expect((await post(url, { decision: 'refused' }, second)).statusCode).toBe(201);
  const after = (await month()).slots.filter(
    ({ post: of, shift }) => of === 'watch' && shift.startsWith('2026-11-24'),
  );
  expect(after.map(({ personId }) => personId)).toEqual([free, holder]);
  clock.now = noon;
  officer = await console.enter(['registrar'], township);
  await inRefusableTransaction(store, (client) =>
    retirePerson(client, { personId: d, region: village }, { now: noon, actor }),
  );
  const left = (
    await get<Page<RosterTroubleView>>(`/api/roster-troubles?region=${village}`)
  ).items.filter(({ kind }) => kind === 'left');
  expect(
    left.every(({ person, proposed }) => person?.personId === d && proposed?.personId !== d),
  ).toBe(true);
  expect(left.length).toBeGreaterThan(0);
  expect([a, b, c]).toContain(left[0]?.proposed?.personId);
});
