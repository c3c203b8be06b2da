/**
 * Keys whose Tibetan a reader of Tibetan has checked, `namespace:key`, with whom and when in the
 * commit that adds them. Empty: nothing is verified yet, and a new string is unverified by default.
 */
export const verifiedTibetan: ReadonlySet<string> = new Set<string>();

/** Whether a text may stand alone in this language. */
export function isVerified(language: string, key: string): boolean {
  return language !== 'bo' || verifiedTibetan.has(key);
}
