/** 保管. How id numbers are kept: sealed for reading back, hashed for finding, masked for the eye. */
export interface IdVault {
  /** Which key this is, 8 bytes that do not tell it; every sealed text begins with them. */
  readonly keyId: Buffer;
  readonly seal: (text: string) => Buffer;
  /** Whether it was sealed under this key. */
  readonly isOwn: (sealed: Buffer) => boolean;
  /** What was sealed. Throws where the key is another or the bytes were changed. */
  readonly open: (sealed: Buffer) => string;
  /** Keyed, 32 bytes: equal for equal numbers. */
  readonly hash: (text: string) => Buffer;
  /** 18 characters, most of them stars. */
  readonly mask: (text: string) => string;
}
