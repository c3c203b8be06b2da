import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameGuard } from '#guard/frame-guard.ts';
import {
  connectFrame,
  frame,
  pingFrame,
  publishFrame,
  subscribeFrame,
  text,
} from '#testing/wire.ts';

const frameLimits = { connectBytes: 1_000, packetBytes: 10_000 };

const letters = fc.stringMatching(/^[a-zA-Z0-9/ 村ཡ]{1,40}$/);
const packetId = fc.integer({ min: 1, max: 65_535 });
const payload = fc.uint8Array({ maxLength: 6_000 }).map((bytes) => Buffer.from(bytes));
const validFrame = fc.oneof(
  fc.tuple(letters, payload, packetId).map(([topic, bytes, id]) => publishFrame(topic, bytes, id)),
  fc.tuple(letters, payload).map(([topic, bytes]) => publishFrame(topic, bytes)),
  fc
    .tuple(packetId, letters, fc.integer({ min: 0, max: 2 }))
    .map(([id, filter, qos]) => subscribeFrame(id, [filter, qos])),
  packetId.map((id) => frame(0x62, [id >> 8, id & 255])),
  fc.constant(pingFrame),
  fc.constant(frame(0xa2, [0, 1], text('a/+/#'))),
);

/** Cuts bytes at the given shares of their length. */
function cut(bytes: Buffer, shares: readonly number[]): Buffer[] {
  const places = shares.map((share) => Math.floor(share * bytes.length)).toSorted((a, b) => a - b);
  return [...places, bytes.length].map((end, index) => bytes.subarray(places[index - 1] ?? 0, end));
}

function passThrough(guard: FrameGuard, chunks: readonly Buffer[]): Buffer {
  const passed = chunks.flatMap((chunk) => {
    const result = guard.push(chunk);
    expect(result.violation).toBeNull();
    return result.passed;
  });
  return Buffer.concat(passed);
}

describe('the frame guard', () => {
  test('lets valid packets through byte for byte, however they are cut', () => {
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(validFrame, { minLength: 1, maxLength: 12 }), cuts, (frames, shares) => {
        const bytes = Buffer.concat([connectFrame(), ...frames]);
        const out = passThrough(new FrameGuard(frameLimits), cut(bytes, shares));
        expect(out.equals(bytes)).toBe(true);
      }),
      { seed: 5402, numRuns: 300 },
    );
  });

  test('lets valid packets through one byte at a time', () => {
    const bytes = Buffer.concat([
      connectFrame(),
      publishFrame('a/b', 'x'.repeat(300), 7),
      pingFrame,
    ]);
    const chunks = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(passThrough(new FrameGuard(frameLimits), chunks).equals(bytes)).toBe(true);
  });

  test('gives out only whole packets', () => {
    const guard = new FrameGuard(frameLimits);
    guard.push(connectFrame());
    const publish = publishFrame('topic', 'payload', 9);
    const first = guard.push(Buffer.concat([pingFrame, publish.subarray(0, 8)]));
    expect(Buffer.concat(first.passed)).toEqual(pingFrame);
    const second = guard.push(publish.subarray(8));
    expect(Buffer.concat(second.passed)).toEqual(publish);
  });

  test('passes what was good before a violation', () => {
    const guard = new FrameGuard(frameLimits);
    const result = guard.push(Buffer.concat([connectFrame(), pingFrame, frame(0xf0)]));
    expect(result.violation?.clause).toBe('MQTT-2.2.1');
    expect(Buffer.concat(result.passed)).toEqual(Buffer.concat([connectFrame(), pingFrame]));
  });

  test('sees the same violation however the packet is cut', () => {
    const bytes = Buffer.concat([connectFrame(), publishFrame('wild/#', 'x', 1)]);
    for (let place = 1; place < bytes.length; place += 1) {
      const guard = new FrameGuard(frameLimits);
      const parts = [bytes.subarray(0, place), bytes.subarray(place)].map((part) =>
        guard.push(part),
      );
      expect(parts.map(({ violation }) => violation?.clause)).toContain('MQTT-3.3.2-2');
    }
  });

  test('refuses a packet by its announced length, before its bytes come', () => {
    const tooLong = (first: number) => Buffer.from([first, 0xff, 0xff, 0x7f]);
    expect(new FrameGuard(frameLimits).push(tooLong(0x10)).violation?.clause).toBe('limit');
    const guard = new FrameGuard(frameLimits);
    guard.push(connectFrame());
    expect(guard.push(tooLong(0x30)).violation?.clause).toBe('limit');
  });

  test('reads nothing after a DISCONNECT', () => {
    const guard = new FrameGuard(frameLimits);
    const bytes = Buffer.concat([connectFrame(), frame(0xe0)]);
    const result = guard.push(Buffer.concat([bytes, frame(0xf0)]));
    expect(result).toEqual({ passed: [bytes], violation: null });
    expect(guard.push(frame(0xf0))).toEqual({ passed: [], violation: null });
  });
});
