/** A rule of OASIS MQTT 3.1.1 that a frame breaks: the connection ends. */
export interface Violation {
  /** Clause of the standard, or `limit` where the ceiling is ours. */
  readonly clause: string;
  readonly reason: string;
  /** CONNACK return code owed to the client before the close. */
  readonly connack?: 1 | 2;
}

export function violation(clause: string, reason: string): Violation {
  return { clause, reason };
}
