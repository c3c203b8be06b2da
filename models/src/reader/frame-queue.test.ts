import { describe, expect, test, vi } from 'vitest';
import { FaceReaderError } from '#face-reader.ts';
import { FrameQueue } from '#reader/frame-queue.ts';
import type { WorkerRequest } from '#reader/messages.ts';

const LIMITS = {
  framePixels: 1_000_000,
  frameSidePx: 8,
  waitingFrames: 2,
  readTimeoutMs: 20,
} as const;
const frame = (shade: number) => ({
  width: 8,
  height: 8,
  pixels: new Uint8Array(8 * 8 * 3).fill(shade),
});

function openQueue(limits: Partial<typeof LIMITS> = {}) {
  const sent: WorkerRequest[] = [];
  const stuck = vi.fn<() => void>();
  const queue = new FrameQueue({ send: (request) => sent.push(request), stuck }, {
    ...LIMITS,
    readTimeoutMs: 60_000,
    ...limits,
  } as typeof LIMITS);
  const answer = (at: number): void =>
    queue.answered({ kind: 'read', id: sent[at]?.id ?? -1, faces: [] });
  return { queue, sent, stuck, answer };
}

describe('the queue of frames', () => {
  test('gives the thread one frame at a time, in order', async () => {
    const { queue, sent, answer } = openQueue();
    const first = queue.read(frame(1));
    const second = queue.read(frame(2));
    expect(sent.map(({ pixels }) => pixels[0])).toEqual([1]);
    answer(0);
    expect(sent.map(({ pixels }) => pixels[0])).toEqual([1, 2]);
    answer(1);
    expect(await Promise.all([first, second])).toEqual([[], []]);
  });

  test('refuses the frame beyond its limit by name, and takes frames again afterwards', async () => {
    const { queue, answer } = openQueue();
    const taken = [queue.read(frame(1)), queue.read(frame(2)), queue.read(frame(3))];
    await expect(queue.read(frame(4))).rejects.toMatchObject({
      fault: 'busy',
      message: expect.stringContaining('waitingFrames = 2'),
    });
    answer(0);
    taken.push(queue.read(frame(5)));
    for (const at of [1, 2, 3]) answer(at);
    expect(await Promise.all(taken)).toHaveLength(4);
  });

  test('lets the camera go on using its buffer', async () => {
    const { queue, sent, answer } = openQueue();
    const mine = frame(7);
    const reading = queue.read(mine);
    mine.pixels.fill(0);
    expect(sent[0]?.pixels[0]).toBe(7);
    answer(0);
    await reading;
  });

  test('forgets a waiting frame whose caller gave up, and the answer to one that was being read', async () => {
    const { queue, sent, answer } = openQueue();
    const [stopFirst, stopSecond] = [new AbortController(), new AbortController()];
    const first = queue.read(frame(1), stopFirst.signal);
    const second = queue.read(frame(2), stopSecond.signal);
    const third = queue.read(frame(3));
    stopSecond.abort(new Error('gone'));
    stopFirst.abort(new Error('gone too'));
    await expect(second).rejects.toThrow('gone');
    await expect(first).rejects.toThrow('gone too');
    answer(0);
    expect(sent.map(({ pixels }) => pixels[0])).toEqual([1, 3]);
    answer(1);
    expect(await third).toEqual([]);
  });

  test('a frame that was given up before it came is not taken at all', async () => {
    const { queue, sent } = openQueue();
    await expect(queue.read(frame(1), AbortSignal.abort(new Error('never')))).rejects.toThrow(
      'never',
    );
    expect(sent).toEqual([]);
  });

  test('says when the thread is stuck', async () => {
    const { queue, stuck } = openQueue({ readTimeoutMs: 20 });
    const reading = queue.read(frame(1));
    const ended = expect(reading).rejects.toThrow('too late');
    await vi.waitUntil(() => stuck.mock.calls.length === 1, { timeout: 5000 });
    queue.close(new FaceReaderError('timeout', 'too late'));
    await ended;
  });

  test('ends all frames with the reason when it closes, those to come too', async () => {
    const { queue } = openQueue();
    const open = [queue.read(frame(1)), queue.find(frame(2))];
    const ended = Promise.all(
      open.map((each) => expect(each).rejects.toMatchObject({ fault: 'crashed' })),
    );
    queue.close(new FaceReaderError('crashed', 'the thread is gone'));
    queue.close(new FaceReaderError('closed', 'a later reason does not count'));
    await ended;
    await expect(queue.read(frame(3))).rejects.toThrow('the thread is gone');
  });
});
