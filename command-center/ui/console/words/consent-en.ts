import type { Translated } from '@sightline/look';
import type { consent as chinese } from './consent-zh.ts';

export const consent: Translated<typeof chinese> = {
  face: {
    none: 'no face enrolled',
    enrolled: 'face enrolled',
    withdrawing: 'withdrawn, not yet erased',
    withdrawn: 'withdrawn and erased',
    withdraw: 'Withdraw face',
    withdrawAsk: 'Withdraw the face consent of {{name}}?',
    withdrawWhat:
      'Every terminal of the village erases their face and sends a signed receipt; one that is not connected does so as soon as it is. Records stay; they check in by PIN.',
    withdrawOver:
      'This cannot be undone: to use their face again, they agree and enrol anew at a terminal.',
    withdrawYes: 'Withdraw and erase',
  },
  ledger: {
    title: 'Consent and receipts',
    of: 'Consent and erasure receipts of {{name}}',
    none: 'Nothing yet',
    noneWhat:
      'Once they agree and enrol at a terminal, consent, withdrawal and receipts stand here.',
    kind: {
      enrolled: 'Agreed and enrolled',
      withdrawn: 'Consent withdrawn',
      erased: 'Face erased',
    },
    version: 'consent text {{version}}',
    vouchedBy: 'vouched by {{login}}',
    vouchedUnknown: 'nobody known vouched',
    model: 'model {{model}}',
    atTerminal: 'terminal {{terminal}}',
    atConsole: 'console',
    atConsoleBy: 'console, by {{login}}',
    reason: { withdrawn: 'consent withdrawn', 'off-list': 'left the list' },
    audited: 'This reading stands in the audit.',
  },
  receipt: {
    title: 'Receipt of an erased face',
    open: 'Show receipt',
    valid: 'signature valid',
    invalid: 'cannot be verified',
    states:
      'The terminal below declares with its device key that it holds no face template of this person any more.',
    validWhat: 'The signature is valid: made by the device key of this terminal, nothing changed.',
    doubt: {
      'unknown-key':
        'Cannot be verified: no such device key was ever enrolled. This receipt proves nothing.',
      'other-terminal':
        'Cannot be verified: the key belongs to another terminal. This receipt proves nothing.',
      'wrong-signature':
        'Cannot be verified: the signature is of something else. This receipt proves nothing.',
    },
    person: 'Person',
    village: 'Village',
    terminal: 'Terminal',
    at: 'Erased at',
    reason: 'Because',
    text: 'Signed text',
    sig: 'Signature',
    publicKey: 'Device key',
    noKey: 'not enrolled',
    how: 'Anybody can verify it with this key: ECDSA P-256 and SHA-256, signature r‖s, all base64url. The JSON file says how, and holds no name.',
    print: 'Print',
    save: 'Save JSON',
  },
};
