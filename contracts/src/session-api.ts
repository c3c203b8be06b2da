import Type from 'typebox';
import type { AccountRole } from './roles.ts';

/*
 * HTTP of signing in and of sessions, between a page and the command centre: as in `console-api.ts`.
 */

const closed = { additionalProperties: false } as const;
const Token = Type.String({ minLength: 20, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' });

/** POST /api/session → 204 and the cookie. */
export const SignInRequest = Type.Object(
  {
    login: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ minLength: 1, maxLength: 256 }),
  },
  closed,
);

/**
 * POST /api/session/link → 204 and the cookie. An account without login and password must bring them
 * (refusal `credentials-needed`, which does not use the link up).
 */
export const LinkSignInRequest = Type.Object(
  {
    token: Token,
    login: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    password: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  },
  closed,
);

/** POST /api/password → 204: a new password; the account's other sessions end. */
export const ChangePasswordRequest = Type.Object(
  {
    /** Not needed within ten minutes of a session that a one-time link opened. */
    current: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    next: Type.String({ minLength: 1, maxLength: 256 }),
  },
  closed,
);

/** POST /api/viewer-session: a screen's `#token` becomes its cookie. */
export const ViewerSessionRequest = Type.Object({ token: Token }, closed);

/** GET /api/me */
export interface Me {
  readonly kind: 'account' | 'viewer';
  readonly login: string | null;
  readonly roles: readonly AccountRole[];
  readonly region: string;
  /** Of an administrator's session: whether it proved the second factor; null where none is asked. */
  readonly secondFactor: 'proven' | 'to-set-up' | 'to-prove' | null;
  /** A one-time link let this session in a moment ago: it may set a password without the one before. */
  readonly mayForgetPassword: boolean;
  readonly demo: boolean;
  /** A terminal here sees recorded sample footage; every page says so. */
  readonly sampleCamera: boolean;
}

/** GET /api/sessions; DELETE /api/sessions/:sessionId ends one, DELETE /api/session this one. */
export interface SessionView {
  readonly sessionId: string;
  readonly address: string;
  readonly agent: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly expiresAt: string;
  readonly current: boolean;
}
