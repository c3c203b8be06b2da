import { peoplePerVillage, refuse, type Refusal, type RosterPerson } from '@sightline/contracts';

/** What a decision about a village's people rests on. */
export interface RosterView {
  readonly isVillage: boolean;
  readonly people: readonly Pick<RosterPerson, 'personId' | 'name' | 'post'>[];
}

export interface PersonNamed {
  readonly name: string;
  readonly post: string;
}

/** One spelling a name: composed letters, single blanks, none around. */
export function tidyName(name: string): string {
  return name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}

/** Whether a village is full: the reason shown on the button, or null. */
export function refuseMore(count: number): Refusal | null {
  if (count < peoplePerVillage) return null;
  return refuse(
    'village-full',
    `A village has at most ${peoplePerVillage} active people. Retire one first.`,
  );
}

/** Whether this person may be added; null = yes. */
export function refuseAdd(roster: RosterView, person: PersonNamed): Refusal | null {
  if (!roster.isVillage) {
    return refuse('no-such-village', 'People are added to a village of the register: 12 digits.');
  }
  if (person.name === '') return refuse('no-name', 'A person has a name.');
  const twin = roster.people.find((each) => each.name === person.name && each.post === person.post);
  if (twin !== undefined) {
    return refuse(
      'same-name',
      'Somebody with this name and post is there already. Add a mark that tells them apart.',
    );
  }
  return refuseMore(roster.people.length);
}

/** Whether this person may be retired or vouched for; null = yes. */
export function refuseInactive(roster: RosterView, personId: string): Refusal | null {
  if (roster.people.some((person) => person.personId === personId)) return null;
  return refuse('not-active', 'This person is not, or no longer, on the list of the village.');
}
