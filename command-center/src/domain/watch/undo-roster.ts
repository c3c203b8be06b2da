import type { RosterChange } from '@sightline/contracts';

/** What officers did by themselves. What two people agreed on is taken back by those two alone. */
export function isUndoable(why: RosterChange): boolean {
  return why === 'generated' || why === 'edited' || why === 'imported';
}
