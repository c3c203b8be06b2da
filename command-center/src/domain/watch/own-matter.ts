import { refuse, type Refusal } from '@sightline/contracts';

/** 本人. Who decides, by every link of their account with a person of a village. */
export interface Self {
  readonly people: readonly string[];
  /** The same people as actors: `person:…`, and their other accounts. */
  readonly actors: readonly string[];
}

/** Whom something is about, and who said it so far. */
export interface Matter {
  readonly people: readonly string[];
  /** Null = nobody yet. */
  readonly actors: readonly (string | null)[];
}

export const nobody: Self = { people: [], actors: [] };

/** Whether it is about whoever decides, or was said by the same person as another account. */
export function isOwnMatter(self: Self, { people, actors }: Matter): boolean {
  return (
    people.some((personId) => self.people.includes(personId)) ||
    actors.some((actor) => actor !== null && self.actors.includes(actor))
  );
}

/** Nobody decides their own matter. */
export function refuseOwnMatter(self: Self, matter: Matter): Refusal | null {
  if (!isOwnMatter(self, matter)) return null;
  return refuse(
    'own-matter',
    'This is about yourself: another officer of your township, or one of the county, decides it.',
  );
}
