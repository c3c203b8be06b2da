import type pg from 'pg';

/** What a statement can be run on: the pool, or one connection inside a transaction. */
export type Queryable = Pick<pg.Pool, 'query'>;
export type Client = pg.PoolClient;
