import { openTestStore, type TestStore } from '../testing.ts';

export interface TestEngine {
  readonly name: string;
  readonly open: () => Promise<TestStore>;
}

const given = process.env['TEST_DATABASE_URL'];

/** Real servers: what several connections at once are tested on. */
export const servers: readonly TestEngine[] = [
  { name: 'embedded PostgreSQL', open: () => openTestStore() },
  ...(given === undefined
    ? []
    : [{ name: 'TEST_DATABASE_URL', open: () => openTestStore({ serverUrl: given }) }]),
];

/** Everything SQL must mean the same on. */
export const engines: readonly TestEngine[] = [
  ...servers,
  { name: 'PGlite with TimescaleDB', open: () => openTestStore({ timescale: true }) },
];
