/** 保管. How id numbers are kept: sealed for reading back, hashed for finding, masked for the eye. */
export interface IdVault {
  readonly seal: (text: string) => Buffer;
  /** What was sealed. Throws where the key is another or the bytes were changed. */
  readonly open: (sealed: Buffer) => string;
  /** Keyed, 32 bytes: equal for equal numbers. */
  readonly hash: (text: string) => Buffer;
  /** 18 characters, most of them stars. */
  readonly mask: (text: string) => string;
}
