import type { Translated } from '@sightline/look';
import type {
  secondFactor as chinese,
  secondFactorProblem as chineseProblem,
} from './second-factor-zh.ts';

export const secondFactor: Translated<typeof chinese> = {
  setUp: {
    title: 'Set up the second factor',
    lead: 'Administrators prove themselves twice: beside the password, with a six-digit code that an authenticator app shows anew every 30 seconds.',
    scan: 'Scan this with an authenticator app on your phone',
    scanWhat: 'Any app for TOTP will do; it needs no network.',
    byHand: 'If it cannot be scanned, type this key:',
    qr: 'QR code of the second factor',
    code: 'Six-digit code from the app',
    confirm: 'Confirm and switch on',
  },
  prove: {
    title: 'Enter your code',
    lead: 'Open the authenticator app on your phone and enter the six digits it shows for “Sightline”.',
    code: 'Six-digit code',
    enter: 'Continue',
    lost: 'No phone at hand? Use a recovery code',
    byRecovery: 'Recovery code',
    recoveryHint: '24 letters or digits; each works once',
    toApp: 'Use the authenticator app',
    lostAll:
      'No recovery code either: have it reset on the command centre’s own machine, see the operations manual.',
  },
  codes: {
    title: 'Keep the recovery codes',
    lead: 'If the phone is lost, each of these stands in for a code once. Print them or write them down now: they are not shown again.',
    of: 'Recovery codes of {{login}} · {{at}}',
    print: 'Print',
    done: 'Kept, continue',
  },
  section: {
    title: 'Second factor',
    on: 'On: every sign-in asks for a code.',
    off: 'Off. Once on, every sign-in asks for a code beside the password.',
    left: '{{count}} recovery codes left.',
    few: 'Few recovery codes are left: make new ones.',
    start: 'Switch on',
    renew: 'New recovery codes',
    renewWhat: 'Those before stop working at once.',
    change: 'Another phone',
    changeWhat: 'The codes of the phone before stop working at once; then set up the new one.',
    stop: 'Switch off',
    stopWhat: 'From then on the password alone is enough.',
    code: 'Six-digit or recovery code',
    cancel: 'Cancel',
  },
};

export const secondFactorProblem: Translated<typeof chineseProblem> = {
  'wrong-code':
    'This code is wrong, too old or used already. Wait for the next one and check the phone’s clock.',
  'too-many-codes': 'Too many wrong codes. Try again in 15 minutes.',
  'second-factor-needed': 'Prove the second factor first.',
  'second-factor-set-up': 'The second factor is set up already. Load the page again.',
  'second-factor-locked': '100 wrong codes: use a recovery code, or have it reset at the machine.',
  'no-second-factor': 'No second factor waits to be confirmed. Scan again.',
  'no-factor-key':
    'The server has no key for second factors: have SIGHTLINE_REGISTER_KEY_FILE set and the command centre started again.',
  'other-factor-key':
    'The server’s key file is not the one before: have it put back, or use a recovery code.',
};
