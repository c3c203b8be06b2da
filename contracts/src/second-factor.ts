import Type from 'typebox';

/*
 * 双因素 (RFC 6238). An administrator proves a second factor in every session; others may switch it on
 * for themselves. Every POST answers a wrong code with `wrong-code`, counted like a wrong password.
 */

const closed = { additionalProperties: false } as const;

/**
 * Six digits of the app, or a recovery code as it was printed.
 * POST /api/second-factor/prove → 204 and a new session cookie: the one before is dead.
 * POST /api/second-factor/confirm → RecoveryCodesReply and a new session cookie, once, after an offer.
 * POST /api/second-factor/recovery-codes → RecoveryCodesReply: those before are dead.
 * POST /api/second-factor/remove → 204: for another device, or to switch it off.
 */
export const SecondFactorCodeRequest = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 64 }) },
  closed,
);

/** POST /api/second-factor: a secret to set up, shown now and never again. Only the newest counts. */
export interface SecondFactorOffer {
  /** Base32 (RFC 4648), as apps take it by hand. */
  readonly secret: string;
  /** `otpauth://totp/…`: what the QR code holds. */
  readonly uri: string;
}

/** Shown once; kept only as hashes. */
export interface RecoveryCodesReply {
  readonly codes: readonly string[];
}

/** GET /api/second-factor: one's own. */
export interface SecondFactorView {
  readonly isSetUp: boolean;
  /** The account's role asks for it. */
  readonly isRequired: boolean;
  readonly recoveryCodesLeft: number;
}

/**
 * GET /api/accounts/:accountId/sessions → SessionView[]; DELETE ends all of them, and
 * DELETE …/sessions/:sessionId one.
 */
export interface SessionsEnded {
  readonly ended: number;
}
