import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sendLimits } from '#domain/core-limits.ts';
import {
  addFlying,
  advance,
  msUntilLate,
  openWindow,
  planPacket,
  rewind,
  type SendWindow,
} from '#domain/send-window.ts';

function sendAll(window: SendWindow, lastSeq: number): SendWindow {
  const plan = planPacket(window, lastSeq);
  if (plan === null) return window;
  const toSeq = plan.fromSeq + plan.count - 1;
  return sendAll(addFlying(window, { fromSeq: plan.fromSeq, toSeq, sentAtMs: 0 }), lastSeq);
}

describe('the send window', () => {
  it('never holds more than its limits and never skips or repeats a fact', () => {
    const event = fc.oneof(
      fc.record({ kind: fc.constant('append'), count: fc.integer({ min: 1, max: 100 }) }),
      fc.record({ kind: fc.constant('ack'), count: fc.integer({ min: 0, max: 80 }) }),
      fc.record({ kind: fc.constant('rewind'), count: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let window = openWindow(0);
        let lastSeq = 0;
        for (const { kind, count } of events) {
          if (kind === 'append') lastSeq += count;
          if (kind === 'rewind') window = rewind(window);
          const to = Math.min(window.committedTo + count, window.nextSeq - 1);
          if (kind === 'ack') window = advance(window, to);
          window = sendAll(window, lastSeq);
          const inFlight = window.nextSeq - 1 - window.committedTo;
          expect(inFlight).toBeLessThanOrEqual(sendLimits.factsInFlight);
          expect(window.flying.length).toBeLessThanOrEqual(sendLimits.packetsInFlight);
          const seams = window.flying.map(
            ({ fromSeq }, i) => fromSeq - (window.flying[i - 1]?.toSeq ?? fromSeq - 1),
          );
          expect(seams.every((seam) => seam === 1)).toBe(true);
          expect(window.flying.at(-1)?.toSeq ?? window.committedTo).toBe(window.nextSeq - 1);
        }
      }),
      { seed: 7 },
    );
  });

  it('sends a live fact at once, in a packet of its own', () => {
    expect(planPacket(openWindow(41), 42)).toEqual({ fromSeq: 42, count: 1 });
  });

  it('goes back to the first fact that is not committed', () => {
    const window = rewind(advance(sendAll(openWindow(0), 64), 10));
    expect(window).toEqual({ committedTo: 10, nextSeq: 11, flying: [] });
  });

  it('takes an ack that settles more than it sent on this link', () => {
    expect(advance(openWindow(3), 9)).toEqual({ committedTo: 9, nextSeq: 10, flying: [] });
  });

  it('counts lateness from the oldest packet', () => {
    const window = addFlying(openWindow(0), { fromSeq: 1, toSeq: 1, sentAtMs: 1_000 });
    expect(msUntilLate(window, 4_000, 10_000)).toBe(7_000);
    expect(msUntilLate(openWindow(0), 4_000, 10_000)).toBeNull();
  });
});
