import { describe, expect, it } from 'vitest';
import { epochMsOf, readClock } from '#domain/read-clock.ts';

const noon = epochMsOf('2026-11-23T12:00:00.000Z');
const boot = { bootId: '0198c0de-0000-7000-8000-000000000000', uptimeMs: 60_000 };

describe('reading the clock', () => {
  it('carries the server’s time by the uptime, whatever the wall clock says', () => {
    const state = { ...boot, wallMs: 0, offsetMs: noon - 30_000, floorMs: null };
    expect(readClock(state)).toEqual({
      at: '2026-11-23T12:00:30.000Z',
      clock: { ...boot, offsetMs: noon - 30_000 },
    });
  });

  it('takes the wall clock before the first anchor and says it is uncertain', () => {
    const reading = readClock({ ...boot, wallMs: noon, offsetMs: null, floorMs: noon - 5_000 });
    expect(reading.at).toBe('2026-11-23T12:00:00.000Z');
    expect(reading.clock.offsetMs).toBeNull();
  });

  it('does not believe a clock of 1970 when it has written facts later than that', () => {
    const reading = readClock({ ...boot, wallMs: 1_000, offsetMs: null, floorMs: noon });
    expect(reading.at).toBe('2026-11-23T12:00:00.000Z');
  });

  it('writes milliseconds always, as the contract wants them', () => {
    const reading = readClock({ ...boot, wallMs: noon + 0.4, offsetMs: null, floorMs: null });
    expect(reading.at).toBe('2026-11-23T12:00:00.000Z');
  });
});
