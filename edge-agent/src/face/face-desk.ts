import { createHash } from 'node:crypto';
import { refuse, type FaceEvidence, type Guide, type Refusal } from '@sightline/contracts';
import { meanTemplate, similarity, type RgbFrame } from '@sightline/models';
import type { Camera } from '#camera/camera.ts';
import { afterSession, nobodySeen, watch } from '#domain/auto-start.ts';
import { beginCheckIn, stepCheckIn, type CheckInSession } from '#domain/check-in-session.ts';
import { beginEnrolment, stepEnrolment, type EnrolSession } from '#domain/enrol-session.ts';
import { faceLimits } from '#domain/face-limits.ts';
import type { Observation, SessionStep } from '#domain/face-session.ts';
import { usableFace } from '#domain/is-usable.ts';
import type { Eyes } from '#face/eyes.ts';
import type { Gallery } from '#face/gallery.ts';
import { faceDeskLimits } from '#face/limits.ts';

export type Progress = { readonly frames: number; readonly of: number } | null;

/** How a session ended. `isAuto`: nobody asked for it, so only a success is worth a word. */
export type SessionEnd =
  | { readonly kind: 'matched'; readonly personId: string; readonly face: FaceEvidence }
  | { readonly kind: 'use-pin' }
  | {
      readonly kind: 'collected';
      readonly personId: string;
      readonly template: Float32Array;
      readonly frames: number;
      readonly model: string;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface FaceDeskParts {
  readonly camera: Camera;
  readonly eyes: Eyes;
  readonly gallery: Gallery;
  /** False switches every face session off. */
  isEnabled(): boolean;
  onGuide(guide: Guide, progress: Progress): void;
  onEnd(end: SessionEnd, isAuto: boolean): void;
  onChange(): void;
}

/** The one place where a face session runs: at most one at a time, a frame at a time, the newest first. */
export interface FaceDesk extends Disposable {
  session(): 'idle' | 'check-in' | 'enrol';
  startCheckIn(): Refusal | null;
  startEnrolment(personId: string): Refusal | null;
  cancel(): void;
}

type Running = { readonly isAuto: boolean; readonly state: CheckInSession | EnrolSession };

/** Opens the desk; it listens to the camera until disposed. */
export function openFaceDesk(parts: FaceDeskParts): FaceDesk {
  const desk = new Desk(parts);
  const leave = parts.camera.onFrame((frame) => desk.see(frame));
  const ticking = setInterval(() => desk.tick(), faceDeskLimits.tickMs);
  return {
    session: () => desk.session(),
    startCheckIn: () => desk.start(false, null),
    startEnrolment: (personId) => desk.start(false, personId),
    cancel: () => desk.cancel(),
    [Symbol.dispose]() {
      leave();
      clearInterval(ticking);
      desk.cancel();
    },
  };
}

class Desk {
  readonly #parts: FaceDeskParts;
  #running: Running | null = null;
  #watch = nobodySeen;
  #isReading = false;
  #newest: RgbFrame | null = null;
  #lookedAtMs = 0;
  #said: string | null = null;

  constructor(parts: FaceDeskParts) {
    this.#parts = parts;
  }

  session(): 'idle' | 'check-in' | 'enrol' {
    return this.#running?.state.kind ?? 'idle';
  }

  start(isAuto: boolean, personId: string | null): Refusal | null {
    const refusal = this.#mayStart(personId);
    if (refusal !== null) return refusal;
    const now = monotonicNow();
    const state = personId === null ? beginCheckIn(now) : beginEnrolment(personId, now);
    this.#running = { isAuto, state };
    this.#said = null;
    this.#parts.onChange();
    return null;
  }

  #mayStart(personId: string | null): Refusal | null {
    const { eyes, gallery } = this.#parts;
    if (this.#running !== null && !this.#running.isAuto) {
      return refuse('session-running', 'Somebody is before the camera. Wait or cancel first.');
    }
    if (!this.#parts.isEnabled()) {
      return refuse('face-disabled', 'Face check-in is switched off here. Use the PIN.');
    }
    const trouble = eyes.trouble();
    if (trouble !== null) {
      return refuse('face-unavailable', `Faces cannot be recognised now. Use the PIN. ${trouble}`);
    }
    return personId === null && gallery.entries().length === 0
      ? refuse('nobody-enrolled', 'Nobody’s face is enrolled here. Use the PIN or enrol first.')
      : null;
  }

  cancel(): void {
    if (this.#running === null) return;
    this.#running = null;
    this.#newest = null;
    this.#watch = afterSession(monotonicNow());
    this.#parts.onChange();
  }

  /** A frame of the camera: read now, or kept as the newest while another is read. */
  see(frame: RgbFrame): void {
    if (this.#running === null && !this.#looksWhileIdle()) return;
    this.#newest = frame;
    if (this.#isReading) return;
    this.#isReading = true;
    void this.#readNewest().finally(() => {
      this.#isReading = false;
    });
  }

  /** Time passes also without frames. */
  tick(): void {
    if (this.#running === null) return;
    if (this.#parts.eyes.trouble() !== null) {
      this.#end({ kind: 'use-pin' });
      return;
    }
    if (!this.#isReading) this.#step(null);
  }

  #looksWhileIdle(): boolean {
    const { camera, gallery } = this.#parts;
    if (camera.owner !== 'agent' || !this.#parts.isEnabled()) return false;
    if (gallery.entries().length === 0) return false;
    return performance.now() - this.#lookedAtMs >= faceDeskLimits.idleLookMs;
  }

  async #readNewest(): Promise<void> {
    while (this.#newest !== null) {
      const frame = this.#newest;
      this.#newest = null;
      if (this.#running === null) await this.#lookAround(frame);
      else await this.#readFor(this.#running, frame);
    }
  }

  async #lookAround(frame: RgbFrame): Promise<void> {
    this.#lookedAtMs = performance.now();
    const faces = await this.#parts.eyes.find(frame);
    if (faces === null || this.#running !== null) return;
    const isUsable = usableFace(faces, frame).face !== null;
    const looked = watch(this.#watch, { hasFace: faces.length > 0, isUsable }, monotonicNow());
    this.#watch = looked.watch;
    if (looked.starts) this.start(true, null);
  }

  async #readFor(running: Running, frame: RgbFrame): Promise<void> {
    const frameKey = createHash('sha256').update(frame.pixels).digest('base64');
    const faces = await this.#parts.eyes.read(frame);
    // Meanwhile the session may have been cancelled, or another begun: this frame is not its own.
    if (faces === null || this.#running?.state.startedAt !== running.state.startedAt) return;
    this.#step({ frameKey, frame: { width: frame.width, height: frame.height }, faces });
  }

  #step(observation: Observation | null): void {
    const running = this.#running;
    const { gallery, eyes } = this.#parts;
    if (running === null || eyes.model === null) return;
    const threshold = eyes.model.matchThreshold;
    const step: SessionStep = {
      observation,
      now: monotonicNow(),
      gallery: gallery.entries(),
      rule: { threshold, compare: similarity },
    };
    if (running.state.kind === 'enrol') this.#stepEnrolment(running.state, step);
    else this.#stepCheckIn(running.state, step);
  }

  #stepCheckIn(state: CheckInSession, step: SessionStep): void {
    const { session, guide, outcome } = stepCheckIn(state, step);
    this.#keep(session);
    if (outcome?.kind === 'matched') {
      const { personId, ...numbers } = outcome.match;
      const face = {
        model: this.#parts.eyes.model?.id ?? '',
        similarity: rounded(numbers.similarity),
        margin: rounded(numbers.margin),
        threshold: step.rule.threshold,
        frames: outcome.frames,
      };
      this.#end({ kind: 'matched', personId, face });
    } else if (outcome !== null) this.#end(outcome);
    else this.#guide(step, guide, null);
  }

  #stepEnrolment(state: EnrolSession, step: SessionStep): void {
    const { session, guide, outcome } = stepEnrolment(state, step);
    this.#keep(session);
    if (outcome?.kind === 'collected') {
      const { personId } = state;
      const template = meanTemplate(outcome.templates);
      const frames = outcome.templates.length;
      const model = this.#parts.eyes.model?.id ?? '';
      this.#end({ kind: 'collected', personId, template, frames, model });
    } else if (outcome !== null) this.#end(outcome);
    else this.#guide(step, guide, { frames: session.kept.length, of: faceLimits.enrolFrames });
  }

  #keep(state: CheckInSession | EnrolSession): void {
    if (this.#running !== null) this.#running = { ...this.#running, state };
  }

  #guide(step: SessionStep, guide: Guide, progress: Progress): void {
    const isBlind = this.#parts.camera.report().state !== 'ready';
    if (step.observation === null && !isBlind) return;
    const word = isBlind ? 'camera-absent' : guide;
    const said = `${word} ${progress?.frames ?? ''}`;
    if (said === this.#said || this.#running?.isAuto === true) return;
    this.#said = said;
    this.#parts.onGuide(word, progress);
  }

  #end(end: SessionEnd): void {
    const isAuto = this.#running?.isAuto ?? false;
    this.cancel();
    this.#parts.onEnd(end, isAuto);
  }
}

/** An instant that never goes back, for measuring a session: not a time of day. */
function monotonicNow(): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(
    Math.floor(performance.timeOrigin + performance.now()),
  );
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
