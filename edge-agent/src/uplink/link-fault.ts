/** `refused`: the broker knows us and says no (key revoked or unknown). Everything else passes. */
export type LinkFaultKind = 'unreachable' | 'refused';

export class LinkFault extends Error {
  readonly kind: LinkFaultKind;

  constructor(kind: LinkFaultKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LinkFault';
    this.kind = kind;
  }

  static from(cause: unknown, url: string): LinkFault {
    if (cause instanceof LinkFault) return cause;
    // MQTT-3.2.2.3: return code 5, not authorized.
    if (cause instanceof Error && 'code' in cause && cause.code === 5) {
      const message = 'The centre does not accept this terminal’s key: enrol the terminal again.';
      return new LinkFault('refused', message, { cause });
    }
    return new LinkFault('unreachable', `The broker ${url} does not answer: ${reasonOf(cause)}.`, {
      cause,
    });
  }
}

/** AggregateError of happy eyeballs has no message; fetch hides its reason in `cause`. */
function reasonOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  if (fault.cause instanceof Error) return reasonOf(fault.cause);
  if ('code' in fault && typeof fault.code === 'string') return fault.code;
  return fault.message === '' ? fault.name : fault.message;
}
