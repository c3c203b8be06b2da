import type { ErasureReason } from './fact-types.ts';

/** 同意台账. GET /api/people/:personId/consent?purpose=&before= (audited), newest first. */
export interface ConsentEventView {
  readonly id: string;
  readonly kind: 'enrolled' | 'withdrawn' | 'erased';
  /** When it happened, as well as the device's clock is known. */
  readonly at: string;
  /** False: the device's clock was never set since it started; a person reviews. */
  readonly certain: boolean;
  /** Null = withdrawn at the console. */
  readonly terminalId: string | null;
  /** The account that wrote the person's word down, of a withdrawal at the console. */
  readonly by: string | null;
  readonly consentVersion: string | null;
  readonly model: string | null;
  /** The account that gave out the code of an enrolment; null where that is not known. */
  readonly vouchedBy: string | null;
  readonly reason: ErasureReason | null;
  readonly receipt: ErasureReceiptView | null;
}

/** 删除回执, with what a third party needs to verify it. */
export interface ErasureReceiptView {
  /** The signed text: `erasureText`. */
  readonly text: string;
  /** Fingerprint of the device key: SHA-256 of its SPKI DER, base64url. */
  readonly source: string;
  /** ECDSA P-256 with SHA-256 over the text's UTF-8, r‖s (IEEE P1363), base64url. */
  readonly sig: string;
  /** SPKI DER, base64url; null where no key of that fingerprint was enrolled. */
  readonly publicKey: string | null;
  /** Checked at this reading. */
  readonly valid: boolean;
  readonly doubt: ReceiptDoubt | null;
}

/** Why a receipt proves nothing: nobody's key, another terminal's key, or a signature of something else. */
export type ReceiptDoubt = 'unknown-key' | 'other-terminal' | 'wrong-signature';
