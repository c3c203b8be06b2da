import { hash } from 'node:crypto';
import type { ImportKind, ImportView } from '@sightline/contracts';
import { findImport, moveImport, seedDivisions, undoImport } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { IdVault } from '#register-import/id-vault.ts';
import { applyChecked, checkFile } from '#register-import/import-file.ts';
import {
  memberCells,
  organisationCells,
  registerSums,
  topCells,
  workbookOf,
  type SheetCell,
} from '#register-import/testing-imports.ts';

vi.setConfig({ testTimeout: 300_000 });

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await seedDivisions(store.pool);
});
afterAll(() => store[Symbol.asyncDispose]());

/** What stands between the reader and a real vault, kept plain: the register only sees bytes. */
const vault: IdVault = {
  keyId: Buffer.alloc(8),
  isOwn: () => true,
  seal: (text) => Buffer.from(text).reverse(),
  open: (sealed) => Buffer.from(sealed).reverse().toString(),
  hash: (text) => hash('sha256', text, 'buffer'),
  mask: (text) => '*'.repeat(text.length),
};
const actor = 'system:test';
const now = () => Temporal.Instant.from('2026-11-23T04:00:00.000Z');

async function check(kind: ImportKind, rows: readonly (readonly SheetCell[])[]) {
  const file = await workbookOf(kind, rows);
  const asked = { kind, file, fileName: 'a.xlsx', region: '5402', actor, now };
  return checkFile(store, vault, asked);
}

const apply = (checked: ImportView) => applyChecked(store, checked, { actor, now: now() });

async function undo(applied: ImportView) {
  await moveImport(store.pool, applied.importId, { from: 'applied', to: 'undoing' });
  return undoImport(store, applied, { actor, now: now() });
}

const codes = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6'] as const;
const organisation = fc.record({
  code: fc.constantFrom(...codes),
  parent: fc.constantFrom('P', 'P', 'P', 'P', 'A1', 'A1', 'A6'),
  name: fc.constantFrom('甲', '乙'),
  region: fc.constantFrom('540202200201', '540221', '5402'),
  functional: fc.constantFrom('是', '否', null),
  founded: fc.constantFrom('1965-09-01', null),
});
const organisations = fc.uniqueArray(organisation, {
  selector: ({ code }) => code,
  minLength: 1,
  maxLength: 6,
});
const member = fc.record({
  nth: fc.integer({ min: 1, max: 4 }),
  name: fc.constantFrom('丙', '丁'),
  /** A5 is rarely there. */
  organisation: fc.oneof(
    { weight: 19, arbitrary: fc.constantFrom('P', 'A1', 'A2') },
    { weight: 1, arbitrary: fc.constant('A5') },
  ),
  /** Mostly as it truly is. */
  transfer: fc.oneof(
    { weight: 19, arbitrary: fc.constant('true') },
    { weight: 1, arbitrary: fc.constantFrom('是', null) },
  ),
  education: fc.constantFrom('初中', '本科'),
  standing: fc.constantFrom('正式党员', '预备党员'),
});
const members = fc.uniqueArray(member, { selector: ({ nth }) => nth, minLength: 1, maxLength: 4 });
const sheets = fc.array(
  fc.oneof(
    organisations.map((rows) => ({
      kind: 'organisations' as const,
      rows: rows.map((row) =>
        organisationCells(row.code, {
          组织名称: row.name,
          上级组织代码: row.parent,
          区划代码: row.region,
          功能型: row.functional,
          成立日期: row.founded,
        }),
      ),
    })),
    members.map((rows) => ({
      kind: 'members' as const,
      rows: rows.map((row) =>
        memberCells(row.nth, {
          姓名: row.name,
          组织代码: row.organisation,
          转入: row.transfer,
          学历: row.education,
          人员类别: row.standing,
        }),
      ),
    })),
  ),
  { minLength: 2, maxLength: 4 },
);

const [numberAt, codeAt, transferAt] = [2, 7, 8];

/** Fills in truly whether each member comes from another organisation, where the row does not say. */
async function honest(rows: readonly (readonly SheetCell[])[]) {
  const { rows: known } = await store.pool.query<{ hash: string; code: string }>(
    `select encode(m.id_hash, 'hex') as hash, o.code from member m join organisation o using (organisation_id)`,
  );
  const codeOf = new Map(known.map(({ hash: of, code }) => [of, code]));
  return rows.map((cells) => {
    const number = cells[numberAt];
    if (cells[transferAt] !== 'true' || typeof number !== 'string') return cells;
    const code = codeOf.get(hash('sha256', number, 'hex'));
    const isMoving = code !== undefined && code !== cells[codeAt];
    return cells.with(transferAt, isMoving ? '是' : null);
  });
}

/** How many rows of the register's own tables differ between two readings. */
async function registerRows(kind: ImportKind): Promise<ReadonlyMap<string, string>> {
  const { rows } = await store.pool.query<{ id: string; text: string }>(
    kind === 'members'
      ? 'select member_id as id, m::text as text from member m'
      : `select o.organisation_id as id, (o.name, o.kind, o.is_functional, o.parent_id, o.founded_on,
           r.region)::text as text
         from organisation o left join organisation_region r
           on r.organisation_id = o.organisation_id and r.to_day is null`,
  );
  return new Map(rows.map(({ id, text }) => [id, text]));
}

test('of random workbooks one after the other, each does what its dry run said, and undone in turn they leave nothing', async () => {
  let refused = 0;
  const changes = { organisations: 0, members: 0 };
  await fc.assert(
    fc.asyncProperty(sheets, async (files) => {
      const base = [topCells, organisationCells('A1'), organisationCells('A2')];
      const top = await apply(await check('organisations', base));
      const states: { readonly done: ImportView; readonly before: Record<string, string> }[] = [];
      for (const { kind, rows: given } of files) {
        const rows = kind === 'members' ? await honest(given) : given;
        const before = await registerSums({ store });
        const checked = await check(kind, rows);
        expect(checked.toAdd + checked.toChange + checked.same + checked.wrong).toBe(rows.length);
        expect(await registerSums({ store })).toEqual(before);
        if (checked.wrong > 0) {
          refused += 1;
          await expect(apply(checked)).rejects.toThrow('rows are wrong');
          expect(await registerSums({ store })).toEqual(before);
          continue;
        }
        const was = await registerRows(kind);
        const done = await apply(checked);
        const is = await registerRows(kind);
        const added = [...is.keys()].filter((id) => !was.has(id)).length;
        const changed = [...was].filter(([id, text]) => is.get(id) !== text).length;
        expect([added, changed]).toEqual([checked.toAdd, checked.toChange]);
        const again = await check(kind, rows.map(withoutTransfer));
        expect(again).toMatchObject({ same: rows.length, wrong: 0 });
        states.push({ done, before });
        changes[kind] += changed;
      }
      for (const { done, before } of states.toReversed()) {
        expect(await undo(done)).toBeNull();
        expect(await registerSums({ store })).toEqual(before);
      }
      expect(await undo(top)).toBeNull();
      expect((await findImport(store.pool, top.importId))?.state).toBe('undone');
    }),
    { seed: 73_623, numRuns: 25 },
  );
  // Every way was walked often: an undo that restores too little meets rows it should restore.
  expect(refused).toBeGreaterThan(8);
  expect(changes.organisations).toBeGreaterThan(8);
  expect(changes.members).toBeGreaterThan(8);
});

/** Once moved, a person is where the row says. */
function withoutTransfer(cells: readonly SheetCell[]): readonly SheetCell[] {
  return cells.length > transferAt ? cells.with(transferAt, null) : cells;
}

test('an undo is refused where a later import or a hand changed the same rows, and says how many and which', async () => {
  const top = await apply(await check('organisations', [topCells]));
  const first = await apply(await check('members', [memberCells(1), memberCells(2)]));
  const later = await check('members', [memberCells(1, { 学历: '本科' })]);
  await apply(later);
  const before = await registerSums({ store });
  const refusal = await undo(first);
  expect(refusal).toMatchObject({ code: 'import-in-use' });
  expect(refusal?.detail).toContain(`1 rows of the register`);
  expect(refusal?.detail).toContain(later.importId);
  expect(await registerSums({ store })).toEqual(before);

  const done = await findImport(store.pool, later.importId);
  if (done === null) throw new Error('The import is gone.');
  expect(await undo(done)).toBeNull();
  await store.pool.query(`update member set name = '改' where name = '合成2'`);
  expect((await undo(first))?.detail).toContain(
    '1 rows of the register were changed or used since, by hand',
  );
  await store.pool.query(`update member set name = '合成2' where name = '改'`);
  expect(await undo(first)).toBeNull();
  expect(await undo(top)).toBeNull();
});

test('what the register became between the check and the applying is not written over', async () => {
  const top = await apply(await check('organisations', [topCells]));
  const first = await apply(await check('members', [memberCells(1)]));
  const checked = await check('members', [memberCells(1, { 学历: '本科' }), memberCells(2)]);
  await store.pool.query(`update member set name = '改' where name = '合成1'`);
  const before = await registerSums({ store });
  await expect(apply(checked)).rejects.toThrow('was changed since the file was checked');
  expect(await registerSums({ store })).toEqual(before);

  const [one, two] = [
    await check('members', [memberCells(3)]),
    await check('members', [memberCells(3)]),
  ];
  await apply(one);
  await expect(apply(two)).rejects.toThrow('was changed since the file was checked');
  expect([top.state, first.state]).toEqual(['applied', 'applied']);
});
