import type { Desired } from '@sightline/contracts';
import { describe, expect, it, vi } from 'vitest';
import { DesiredState } from '#desired/desired-state.ts';
import { address } from '#testing/draft.ts';
import { desiredWith, person } from '#testing/enrolled-dir.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';

const log = { info() {}, warn() {}, error() {} };

function open(dir: string): Promise<DesiredState> {
  const { terminalId } = address;
  return DesiredState.open({ dir, log, terminalId: () => terminalId, onChange() {} });
}

function message(desired: Desired | string): Buffer {
  return Buffer.from(typeof desired === 'string' ? desired : JSON.stringify(desired));
}

describe('the desired state at the terminal', () => {
  it('survives a restart without any link', async () => {
    await using dir = await temporaryDir();
    {
      await using state = await open(dir.path);
      state.offer(message(desiredWith([person], 7)));
      await vi.waitFor(() => expect(state.appliedVersion).toBe(7));
    }
    await using again = await open(dir.path);
    expect(again.current()?.people).toEqual([person]);
    expect(again.appliedVersion).toBe(7);
  });

  it('keeps what stands when something older, foreign or unreadable comes', async () => {
    await using dir = await temporaryDir();
    await using state = await open(dir.path);
    state.offer(message(desiredWith([person], 7)));
    state.offer(message(desiredWith([], 6)));
    state.offer(message({ ...desiredWith([], 9), terminalId: 't-2' }));
    state.offer(message('{"v":1,'));
    state.offer(message(desiredWith([person], 8)));
    await vi.waitFor(() => expect(state.appliedVersion).toBe(8));
    expect(state.current()?.people).toEqual([person]);
  });

  it('forgets people who left, also those who left before anybody could forget them', async () => {
    await using dir = await temporaryDir();
    await using state = await open(dir.path);
    state.offer(message(desiredWith([], 2)));
    await vi.waitFor(() => expect(state.appliedVersion).toBe(2));
    const forgotten: string[] = [];
    await state.attach({
      faces: async () => [person.personId],
      pins: async () => [person.personId],
      executors: {
        'forget-face': async ({ personId }) => void forgotten.push(`face ${personId}`),
        'forget-pin': async ({ personId }) => void forgotten.push(`pin ${personId}`),
      },
    });
    expect(forgotten).toEqual([`face ${person.personId}`, `pin ${person.personId}`]);
  });

  it('says why a version is not carried out, and does not claim it', async () => {
    await using dir = await temporaryDir();
    await using state = await open(dir.path);
    await state.attach({
      faces: async () => [person.personId],
      pins: async () => [],
      executors: {
        'forget-face': () => Promise.reject(new Error('The gallery cannot be written.')),
        'forget-pin': async () => {},
      },
    });
    state.offer(message(desiredWith([], 3)));
    await vi.waitFor(() => expect(state.problem).toBe('The gallery cannot be written.'));
    expect(state.appliedVersion).toBe(0);
    expect(state.current()?.version).toBe(3);
  });
});
