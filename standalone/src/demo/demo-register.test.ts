import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRefusal, parseIdNumber } from '@sightline/contracts';
import { seedDivisions } from '@sightline/store';
import { openTestStore } from '@sightline/store/testing';
import { expect, test, vi } from 'vitest';
import { demoMembers, planDemoMembers } from './demo-register-members.ts';
import { demoOrganisations, planDemoOrganisations } from './demo-register-organisations.ts';
import { hasDemoRegister, startDemoRegister } from './demo-register.ts';

const rootDir = fileURLToPath(new URL('../../..', import.meta.url));

test('the demo has 4,807 organisations, each below one before it, with a branch in every village', () => {
  const planned = planDemoOrganisations();
  expect(planned).toHaveLength(demoOrganisations);
  const seen = new Set(['']);
  for (const { code, parentCode } of planned) {
    expect(seen.has(parentCode)).toBe(true);
    expect(seen.has(code)).toBe(false);
    seen.add(code);
  }
  expect(planned.filter(({ region }) => region.length === 12)).toHaveLength(1693);
  expect(planned.filter(({ isFunctional }) => isFunctional)).toHaveLength(206 * 6 + 2);
});

test('its 73,623 members are the same every time, and nobody: right numbers of a place that gives none out', () => {
  const organisations = planDemoOrganisations();
  const members = [...planDemoMembers(organisations)];
  expect(members).toHaveLength(demoMembers);
  expect(members.at(-1)).toEqual([...planDemoMembers(organisations)].at(-1));
  const today = Temporal.PlainDate.from('2026-11-23');
  const numbers = new Set<string>();
  for (const { idNumber, bornOn, sex } of members) {
    const read = parseIdNumber(idNumber, today);
    if (isRefusal(read)) throw new Error(`${idNumber}: ${read.detail}`);
    expect([read.bornOn, read.sex]).toEqual([bornOn, sex === '男' ? 'male' : 'female']);
    expect(idNumber).toMatch(/^540200\d{8}9[0-8]\d[0-9X]$/);
    numbers.add(idNumber);
  }
  expect(numbers.size).toBe(demoMembers);
});

test('a demo of a few villages, and a real installation, have none of it', () => {
  const base = { portBase: 7400, dataDir: '', json: false, empty: false, camera: '' };
  expect(hasDemoRegister({ ...base, villages: 'five-counties' })).toBe(true);
  expect(hasDemoRegister({ ...base, villages: 'all' })).toBe(true);
  expect(hasDemoRegister({ ...base, villages: 671 })).toBe(true);
  expect(hasDemoRegister({ ...base, villages: 670 })).toBe(false);
  expect(hasDemoRegister({ ...base, villages: 'all', empty: true })).toBe(false);
});

test('behind the start, all of them come into the register through the import, within a minute on an idle machine', async () => {
  await using store = await openTestStore();
  await seedDivisions(store.pool);
  const dataDir = mkdtempSync(join(tmpdir(), 'sightline-demo-'));
  try {
    mkdirSync(join(dataDir, 'logs'));
    const registerKeyFile = join(dataDir, 'register.key');
    writeFileSync(registerKeyFile, randomBytes(32));
    const notes: string[] = [];
    await using _filling = await startDemoRegister(store, {
      options: {
        portBase: 0,
        dataDir,
        json: false,
        empty: false,
        camera: '',
        villages: 'five-counties',
      },
      rootDir,
      databaseUrl: store.databaseUrl,
      registerKeyFile,
      environment: { PATH: process.env['PATH'] ?? '' },
      progress: {
        note: (line) => void notes.push(line),
        step: async (_name, run) => run(() => undefined),
      },
    });
    const isOver = () => expect(notes.join('\n')).toMatch(/is full|was not filled/);
    await vi.waitFor(isOver, { timeout: 500_000, interval: 200 });
    process.stdout.write(`${notes.join('\n')}\n`);
    expect(notes.at(-1)).toContain('is full');
    const { rows } = await store.pool.query<Record<string, number>>(
      `select (select count(*)::int from organisation) as organisations,
              (select count(*)::int from member) as members,
              (select count(*)::int from organisation_region where to_day is null) as places,
              (select count(*)::int from import_row) as staged`,
    );
    expect(rows[0]).toEqual({
      organisations: demoOrganisations,
      members: demoMembers,
      places: demoOrganisations,
      staged: 0,
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 600_000);
