const mark = '#sign-in=';

/** The one-time token of `/console/#sign-in=…`, taken out of the address and the history. */
export function takeLinkToken(): string | null {
  if (!location.hash.startsWith(mark)) return null;
  const token = location.hash.slice(mark.length);
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  return token;
}
