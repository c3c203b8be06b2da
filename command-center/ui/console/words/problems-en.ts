import type { Translated } from '@sightline/look';
import type { problem as chinese } from './problems-zh.ts';

export const problem: Translated<typeof chinese> = {
  unreachable: 'The server cannot be reached. Try again later.',
  fault: 'The server could not do this; it has been logged. Try again.',
  'wrong-credentials': 'Login or password is wrong.',
  'too-many-attempts': 'Too many wrong passwords. Try again in 15 minutes.',
  'too-many-requests': 'Too many requests. Try again in a minute.',
  'bad-login': 'The login is not as it should be.',
  'bad-password': 'The password is not as it should be.',
  'login-taken': 'This login is taken. Choose another.',
  'dead-link': 'This link has ended.',
  'not-signed-in': 'You are signed out. Sign in again.',
  role: 'Your role may not do this.',
  'outside-scope': 'That region is outside yours.',
  'village-full': 'The village has 20 active people. Retire one first.',
  'terminals-full': 'The village has all the terminals it may have.',
  'same-name': 'Somebody with this name and post is there already. Add a mark.',
  'no-name': 'A person has a name.',
  'not-active': 'This person is no longer on the list. Reload.',
  'no-such-terminal': 'There is no such terminal. Reload.',
  'no-such-village': 'The register has no such village.',
  'too-many-grants': 'Too many codes are open at this terminal. Wait ten minutes.',
  'no-face-consent': 'No face of this person is enrolled: nothing to withdraw.',
  'already-withdrawn': 'Withdrawn already; see the ledger.',
  'still-erasing':
    'The terminal has not confirmed that it erased the face before. Wait for its receipt.',
  'import-too-large': 'The file is larger than 32 MB. Split it into several.',
  'import-no-workbook': 'Only .xlsx workbooks are taken. Save it as .xlsx and choose that.',
  'import-running': 'This import is being worked on. One moment.',
  'too-many-imports': 'Too many imports are open. Apply or discard some first.',
  'no-register-key':
    'The server has no register key: a system administrator sets SIGHTLINE_REGISTER_KEY_FILE.',
  conflict: 'Somebody else just changed the list. Reload and try again.',
};
