/** What a terminal proves itself by, in CONNECT and in an HTTP header: `${nonce}.${sig}`. */
export interface DeviceToken {
  readonly nonce: string;
  /** P-256, r‖s, base64url. */
  readonly sig: string;
}

const tokenPattern = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{86})$/;
const sourcePattern = /^[A-Za-z0-9_-]{43}$/;

/** The token in a password, or null. */
export function parseDeviceToken(password: string): DeviceToken | null {
  const [, nonce, sig] = tokenPattern.exec(password) ?? [];
  return nonce === undefined || sig === undefined ? null : { nonce, sig };
}

/** `Authorization: Sightline <source>.<nonce>.<sig>`; null where it is none. */
export function parseDeviceHeader(
  header: string | undefined,
): { readonly source: string; readonly token: DeviceToken } | null {
  const [, source, password = ''] = /^Sightline ([^.]{1,64})\.(.{1,200})$/.exec(header ?? '') ?? [];
  const token = parseDeviceToken(password);
  if (source === undefined || !isSource(source) || token === null) return null;
  return { source, token };
}

/** True for text shaped like a device key's fingerprint. */
export function isSource(text: string): boolean {
  return sourcePattern.test(text);
}
