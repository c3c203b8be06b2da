import type { LinkCause, LinkState } from '#uplink/link-state.ts';
import type { LinkChange } from '#uplink/start-uplink.ts';

export interface LinkKeeperOptions {
  /** Starts keeping the link; null where there may be none now. */
  readonly open: () => AsyncDisposable | null;
  /** Why there is no link yet. */
  readonly why: () => { readonly cause: LinkCause; readonly detail: string };
  /** ISO instant. */
  readonly now: () => string;
  /** A new connection stands, before anything is heard on it. */
  readonly onUp: () => void;
  readonly onChange: (state: LinkState) => void;
  readonly onFault: (fault: unknown) => void;
}

/** Has the uplink running when it may, and says what is true of it, since when and why. */
export class LinkKeeper {
  readonly #options: LinkKeeperOptions;
  #state: LinkState;
  #isDark = false;
  #isClosed = false;
  #uplink: AsyncDisposable | null = null;
  /** Starting, stopping and work without link, one after the other. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: LinkKeeperOptions) {
    this.#options = options;
    this.#state = { state: 'down', since: options.now(), ...options.why() };
  }

  get state(): LinkState {
    return this.#state;
  }

  note({ state, cause, detail }: LinkChange): void {
    // The connection that ends because of the darkness says nothing new.
    if (this.#isDark && state === 'down' && cause !== 'dark') return;
    const before = this.#state;
    if (state === before.state && cause === before.cause && detail === before.detail) return;
    if (state === 'up' && before.state === 'down') this.#options.onUp();
    const since = state === before.state ? before.since : this.#options.now();
    this.#state = { state, since, cause, detail };
    this.#options.onChange(this.#state);
  }

  /** What may be linked has changed: starts or ends the uplink accordingly. */
  renew(): void {
    if (this.#uplink === null) this.note({ state: 'down', ...this.#options.why() });
    this.#work = this.#work
      .then(() => (this.#isDark || this.#isClosed ? this.#stop() : this.#switch()))
      .catch(this.#options.onFault);
  }

  /** Runs work while nothing is linked; the link comes back with the next `renew`. */
  offline<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(() => this.#stop()).then(work);
    this.#work = done.then(
      () => {},
      () => {}, // The caller has it.
    );
    return done;
  }

  goDark(): void {
    this.#isDark = true;
    this.note({ state: 'down', cause: 'dark', detail: 'The link is cut on purpose.' });
    this.renew();
  }

  comeBack(): void {
    if (!this.#isDark) return;
    this.#isDark = false;
    this.note({ state: 'down', ...this.#options.why() });
    this.renew();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.renew();
    await this.#work;
  }

  async #switch(): Promise<void> {
    this.#uplink ??= this.#options.open();
  }

  async #stop(): Promise<void> {
    const uplink = this.#uplink;
    this.#uplink = null;
    await uplink?.[Symbol.asyncDispose]();
  }
}
