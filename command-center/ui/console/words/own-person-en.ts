import type { Translated } from '@sightline/look';
import type { ownPerson as zh, ownPersonProblem as problemZh } from './own-person-zh.ts';

export const ownPerson: Translated<typeof zh> = {
  ownPerson: {
    button: 'Person',
    title: 'Which cadre {{login}} is',
    lead: 'A linked account decides no correction, appeal, swap, leave or absence of that person. After the link ends, what was theirs stays closed to it.',
    none: 'Linked with nobody of a village',
    of: 'Linked with a person of {{place}}',
    village: 'Village',
    chooseVillage: 'Choose a village first',
    nobody: 'This village has no people yet',
    link: 'Is this person',
    linked: 'Linked with another account',
    end: 'End the link',
    endAsk: 'End the link of {{login}}?',
    notYourself: 'Who you are yourself another security administrator says',
    endWhat: 'Later duties are free again, those before stay closed.',
  },
};

export const ownPersonProblem: Translated<typeof problemZh> = {
  'own-matter': 'This is about yourself: another officer of your township, or the county, decides.',
  'account-closed': 'This account is closed.',
  'account-linked': 'This account is linked already: end that link first.',
  'person-linked': 'This person is linked with another account: end that link first.',
  'not-linked': 'This account is linked with nobody.',
};
