import type { PartHealth } from '@sightline/contracts';

/** What a look at a part found; `since` where the part itself knows better than the look. */
export interface Found {
  readonly state: PartHealth['state'];
  readonly since?: string;
  readonly detail?: string;
}

/** Remembers since when each part has been in its state. */
export function openSinceTable(): (name: string, found: Found, at: string) => PartHealth {
  const held = new Map<string, PartHealth>();
  return (name, { state, since, detail }, at) => {
    const before = held.get(name);
    const began = before?.state === state ? before.since : (since ?? at);
    const part = { name, state, since: began, ...(detail === undefined ? {} : { detail }) };
    held.set(name, part);
    return part;
  };
}
