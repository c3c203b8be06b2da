import type { LiveCell, LiveFrame, LivePulse, LiveSnapshot } from '@sightline/contracts';
import { applyFrame, applyPulse, modelOf, type LiveModel } from '#domain/live-model.ts';
import { pageLimits } from './limits.ts';

/** What happened to the picture: everything anew, or these cells up to log position `to`. */
export type PictureChange =
  | { readonly kind: 'all'; readonly to: number }
  | { readonly kind: 'some'; readonly to: number; readonly cells: readonly LiveCell[] };

/** The picture a page holds, and the frames that came while its snapshot was on the way. */
export class Picture {
  #model: LiveModel | null = null;
  #held: LiveFrame[] | null = null;
  readonly #changed: (change: PictureChange) => void;

  constructor(changed: (change: PictureChange) => void) {
    this.#changed = changed;
  }

  get model(): LiveModel | null {
    return this.#model;
  }

  /** Keeps frames from now on, until the snapshot that is being fetched is taken. */
  hold(): void {
    this.#held ??= [];
  }

  /** Takes a snapshot and what came after it; false when something between them is missing. */
  take(snapshot: LiveSnapshot): boolean {
    const held = this.#held ?? [];
    this.#held = null;
    this.#model = modelOf(snapshot);
    const isWhole = held.every((frame) => this.#move(frame) !== 'gap');
    this.#changed({ kind: 'all', to: this.#model.asOf });
    return isWhole;
  }

  /** Moves the picture on by a frame; false when frames before it are missing. */
  show(frame: LiveFrame): boolean {
    if (this.#held !== null && this.#held.length < pageLimits.framesHeld) this.#held.push(frame);
    const moved = this.#move(frame);
    if (moved === 'gap') return false;
    if (moved !== 'old') this.#changed({ kind: 'some', to: frame.to, cells: moved });
    return true;
  }

  hear(pulse: LivePulse): void {
    if (this.#model !== null) this.#model = applyPulse(this.#model, pulse);
  }

  #move(frame: LiveFrame): readonly LiveCell[] | 'gap' | 'old' {
    if (this.#model === null) return 'gap';
    const step = applyFrame(this.#model, frame);
    if (step.kind !== 'moved') return step.kind;
    this.#model = step.model;
    return step.changed;
  }
}
