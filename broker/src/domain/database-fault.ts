/**
 * SQLSTATE classes that say "this row cannot be stored": data exception, integrity constraint,
 * program limit. Every other failure is the database's, not the fact's.
 */
const unstorableClasses: ReadonlySet<string> = new Set(['22', '23', '54']);

/** True when a failed append is the fault of what was to be stored. */
export function isUnstorable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return typeof error.code === 'string' && unstorableClasses.has(error.code.slice(0, 2));
}
