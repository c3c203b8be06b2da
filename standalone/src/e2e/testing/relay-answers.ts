export interface RelayAnswers {
  /** RFC 8656's error numbers; 0 = granted. */
  readonly keys: Readonly<Record<string, number>>;
  readonly peers: Readonly<Record<string, number>>;
  /** The answer to who asks for a relayed port of TCP. */
  readonly tcp: number;
  /** What the database's port and other services inside heard: connections and datagrams. */
  readonly heardInside: number;
  /** Relayed ports that one seat got, with two keys; and the answer to the next. */
  readonly granted: number;
  readonly afterGranted: number;
  /** Of one relayed port: bytes sent to it, bytes that came through, and what the seconds in between allow. */
  readonly sentBytes: number;
  readonly throughBytes: number;
  readonly allowedBytes: number;
}
