import type { Queryable } from '#engine/store.ts';

/**
 * After thousands of rows at once the planner learns of them now, not when autovacuum comes by: without
 * it, it joins them row by row (4,807 organisations: 49 s instead of 4, on a busy machine).
 */
export async function countStagedAnew(db: Queryable): Promise<void> {
  await db.query('analyze import_row');
}

/** The same for what an import wrote. */
export async function countRegisterAnew(db: Queryable): Promise<void> {
  await db.query('analyze organisation, organisation_region, member, import_effect');
}
