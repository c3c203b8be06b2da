/** An expected "no": a value, never thrown. HTTP 409 problem+json; the button shows `detail`. */
export interface Refusal {
  readonly refused: true;
  /** Stable, kebab-case; pages translate it. */
  readonly code: string;
  /** English sentence naming the thing and the remedy; pages fall back to it. */
  readonly detail: string;
}

export function refuse(code: string, detail: string): Refusal {
  return { refused: true, code, detail };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}
