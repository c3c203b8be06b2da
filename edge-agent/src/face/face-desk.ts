import { createHash } from 'node:crypto';
import { refuse, type Guide, type Refusal, type UsePinReason } from '@sightline/contracts';
import { meanTemplate, similarity, type RgbFrame } from '@sightline/models';
import { afterSession, nobodySeen, watch } from '#domain/auto-start.ts';
import { drawChallenge } from '#domain/challenge.ts';
import { beginCheckIn, stepCheckIn, type CheckInSession } from '#domain/check-in-session.ts';
import { beginEnrolment, stepEnrolment, type EnrolSession } from '#domain/enrol-session.ts';
import { faceLimits } from '#domain/face-limits.ts';
import { afterFailure, lockedUntil, openLock } from '#domain/face-lock.ts';
import type { Observation, SessionStep } from '#domain/face-session.ts';
import { meetFrame, noFrames, type Novelty } from '#domain/frame-memory.ts';
import { isDark } from '#domain/is-dark.ts';
import { usableFace } from '#domain/is-usable.ts';
import type { SeenFrame } from '#domain/read-face.ts';
import type { FaceDesk, FaceDeskParts, Progress, SessionEnd } from '#face/face-desk-parts.ts';
import { evidenceOf } from '#face/face-evidence.ts';
import { faceDeskLimits } from '#face/limits.ts';
import { monotonicNow } from '#face/monotonic-now.ts';

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
    lockedForMs: () => desk.lockedForMs(),
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
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #said: string | null = null;
  #memory = noFrames;
  #lock = openLock;

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
    const state =
      personId === null
        ? beginCheckIn(now, drawChallenge(this.#parts.randomness()))
        : beginEnrolment(personId, now);
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
    if (this.lockedForMs() > 0) {
      return refuse('face-locked', 'Too many failed tries before the camera. Use the PIN.');
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
      this.#end({ kind: 'use-pin', why: 'eyes-unavailable' });
      return;
    }
    if (!this.#isReading) this.#step(null);
  }

  #looksWhileIdle(): boolean {
    const { camera, gallery } = this.#parts;
    if (camera.owner !== 'agent' || !this.#parts.isEnabled()) return false;
    if (this.lockedForMs() > 0) return false;
    if (gallery.entries().length === 0) return false;
    if (performance.now() - this.#lookedAtMs < faceDeskLimits.idleLookMs) return false;
    return this.#parts.mayLookUnasked();
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
    const isUsable = usableFace(faces, seenFrame(frame)).face !== null;
    const looked = watch(this.#watch, { hasFace: faces.length > 0, isUsable }, monotonicNow());
    this.#watch = looked.watch;
    if (looked.starts) this.start(true, null);
  }

  async #readFor(running: Running, frame: RgbFrame): Promise<void> {
    const key = createHash('sha256').update(frame.pixels).digest('base64');
    const faces = await this.#parts.eyes.read(frame);
    // Meanwhile the session may have been cancelled, or another begun: this frame is not its own.
    if (faces === null || this.#running?.state.startedAt !== running.state.startedAt) return;
    // Black pictures are all alike; only a face that repeats is a recording.
    const novelty = faces.length === 0 ? 'new' : this.#meet(key);
    this.#step({ novelty, frame: seenFrame(frame), faces });
  }

  #meet(key: string): Novelty {
    const { memory, novelty } = meetFrame(this.#memory, key);
    this.#memory = memory;
    return novelty;
  }

  #step(observation: Observation | null): void {
    const running = this.#running;
    const { gallery, eyes } = this.#parts;
    if (running === null || eyes.model === null) return;
    const { matchThreshold: threshold, livenessThreshold } = eyes.model;
    const step: SessionStep = {
      observation,
      now: monotonicNow(),
      gallery: gallery.entries(),
      rule: { threshold, livenessThreshold, compare: similarity },
    };
    if (running.state.kind === 'enrol') this.#stepEnrolment(running.state, step);
    else this.#stepCheckIn(running.state, step);
  }

  #stepCheckIn(state: CheckInSession, step: SessionStep): void {
    const { session, guide, outcome } = stepCheckIn(state, step);
    this.#keep(session);
    if (outcome?.kind === 'matched') {
      const face = evidenceOf(outcome, { rule: step.rule, ...this.#parts });
      this.#end({ kind: 'matched', personId: outcome.agreed.personId, face });
    } else if (outcome !== null) this.#end(outcome);
    else if (this.#isNoNews(session)) this.cancel();
    else this.#guide(step, guide, null);
  }

  /** Nobody asked, and who stands there has checked in already. */
  #isNoNews({ stage }: CheckInSession): boolean {
    if (this.#running?.isAuto !== true || stage.kind !== 'challenging') return false;
    return this.#parts.isOnDuty(stage.agreed.personId);
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
    if (said === this.#said || this.#isUnasked()) return;
    this.#said = said;
    this.#parts.onGuide(word, progress);
  }

  /** Nobody pressed, and nobody is recognised yet: who passes by is not addressed. */
  #isUnasked(): boolean {
    const running = this.#running;
    if (running?.isAuto !== true) return false;
    return running.state.kind !== 'check-in' || running.state.stage.kind === 'recognising';
  }

  lockedForMs(): number {
    const now = monotonicNow();
    const until = lockedUntil(this.#lock, now);
    return until === null ? 0 : until.epochMilliseconds - now.epochMilliseconds;
  }

  #end(end: SessionEnd): void {
    const isAuto = this.#running?.isAuto ?? false;
    if (end.kind === 'use-pin' && !isUnanswered(end.why, isAuto)) {
      this.#lock = afterFailure(this.#lock, end.why, monotonicNow());
    }
    this.cancel();
    this.#parts.onEnd(end, isAuto);
  }
}

function seenFrame({ width, height, pixels }: RgbFrame): SeenFrame {
  return { width, height, isDark: isDark(pixels) };
}

/** Who was asked without having pressed need not answer. */
function isUnanswered(why: UsePinReason, isAuto: boolean): boolean {
  return isAuto && why === 'challenge-failed';
}
