import { shiftAt, type LiveCell } from '@sightline/contracts';
import type { LiveModel } from '#domain/live-model.ts';
import { doubtOf, type Doubt } from '#domain/shown-status.ts';
import { LiveLink } from './live-link.ts';
import { pageLimits } from './limits.ts';
import { Picture } from './picture.ts';

/** Everything the page's words and figures are made of, renewed a few times a second. */
export interface View {
  readonly model: LiveModel | null;
  readonly doubt: Doubt;
  readonly access: 'open' | 'refused';
  /** Key of the present shift, by the centre's clock. */
  readonly shift: string;
  /** Centre's clock minus this machine's. */
  readonly clockAheadMs: number;
  /** When something was last heard, in ms of this page's life; null = never. */
  readonly heardAtMs: number | null;
}

/** What the hive must paint: everything, or these cells. */
export type Paint =
  | { readonly kind: 'all'; readonly to: number }
  | { readonly kind: 'some'; readonly to: number; readonly cells: readonly LiveCell[] };

/** The live picture of the page: view for its words, paints for its hive. */
export class LiveView implements Disposable {
  readonly #picture: Picture;
  readonly #link: LiveLink;
  readonly #watchers = new Set<() => void>();
  readonly #painters = new Set<(paint: Paint) => void>();
  readonly #doubtTimer: ReturnType<typeof setInterval>;
  #renewTimer: ReturnType<typeof setTimeout> | null = null;
  #pulseAtMs: number | null = null;
  #pulseAt: string | null = null;
  #view: View = {
    model: null,
    doubt: { kind: 'link', since: null },
    access: 'open',
    shift: shiftAt(Temporal.Now.instant()).key,
    clockAheadMs: 0,
    heardAtMs: null,
  };

  #shown: View = this.#view;

  constructor() {
    this.#picture = new Picture((change) => {
      this.#look();
      this.#paint(change);
      this.#renewSoon();
    });
    this.#link = new LiveLink(this.#picture, {
      onPulse: ({ at }) => this.#heardPulse(at),
      onFrame: () => this.#heard(),
      onAccess: (access) => {
        this.#view = { ...this.#view, access };
        this.#renewSoon();
      },
    });
    this.#doubtTimer = setInterval(() => this.#look(), pageLimits.doubtMs);
  }

  open(): this {
    this.#link.open();
    return this;
  }

  /** The picture at this instant, for painting. */
  readonly now = (): View => this.#view;

  /** Stays the same object until `watch` calls. */
  readonly view = (): View => this.#shown;

  /** Called after the view changed, at most a few times a second. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  /** Called at once for every change of cells. */
  readonly onPaint = (painter: (paint: Paint) => void): (() => void) => {
    this.#painters.add(painter);
    return () => void this.#painters.delete(painter);
  };

  [Symbol.dispose](): void {
    clearInterval(this.#doubtTimer);
    if (this.#renewTimer !== null) clearTimeout(this.#renewTimer);
    this.#link[Symbol.dispose]();
  }

  #heardPulse(at: string): void {
    this.#heard();
    this.#pulseAtMs = performance.now();
    this.#pulseAt = at;
    const clockAheadMs = Temporal.Instant.from(at).epochMilliseconds - Date.now();
    this.#view = { ...this.#view, clockAheadMs };
    this.#look();
    this.#renewSoon();
  }

  #heard(): void {
    this.#view = { ...this.#view, heardAtMs: performance.now() };
  }

  /** Whether what is shown may still be vouched for, and which shift it is. Repaints when not. */
  #look(): void {
    const model = this.#picture.model;
    const { clockAheadMs } = this.#view;
    const now = Temporal.Now.instant().add({ milliseconds: Math.round(clockAheadMs) });
    const link = { pulseAtMs: this.#pulseAtMs, pulseAt: this.#pulseAt };
    const doubt = doubtOf(link, model?.health ?? [], performance.now());
    const shift = shiftAt(now).key;
    const before = this.#view;
    this.#view = { ...before, model, doubt, shift };
    if (sameDoubt(doubt, before.doubt) && shift === before.shift) return;
    this.#paint({ kind: 'all', to: model?.asOf ?? 0 });
    this.#renewSoon();
  }

  #paint(paint: Paint): void {
    for (const painter of this.#painters) painter(paint);
  }

  #renewSoon(): void {
    this.#renewTimer ??= setTimeout(() => {
      this.#renewTimer = null;
      this.#shown = { ...this.#view, model: this.#picture.model };
      for (const watcher of this.#watchers) watcher();
    }, pageLimits.renewMs);
  }
}

function sameDoubt(a: Doubt, b: Doubt): boolean {
  if (a.kind === 'none' || b.kind === 'none') return a.kind === b.kind;
  return a.kind === b.kind && a.since === b.since;
}
