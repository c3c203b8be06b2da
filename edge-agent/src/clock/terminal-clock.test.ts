import { describe, expect, it } from 'vitest';
import { TerminalClock } from '#clock/terminal-clock.ts';
import { instantText } from '#domain/read-clock.ts';

function testClock(offsetMs: number | null = null) {
  const device = { uptime: 10_000, wall: 0 };
  const clock = new TerminalClock(
    {
      bootId: '0198c0de-0000-7000-8000-000000000000',
      uptimeMs: () => device.uptime,
      wallMs: () => device.wall,
    },
    offsetMs,
  );
  return { clock, device };
}

const noonMs = Date.UTC(2026, 10, 23, 12);

describe('the terminal’s clock', () => {
  it('is uncertain until the server spoke, and says so once', () => {
    const { clock } = testClock();
    expect(clock.isCertain).toBe(false);
    expect(clock.anchor(instantText(noonMs))).toBe(true);
    expect(clock.anchor(instantText(noonMs))).toBe(false);
    expect(clock.now()).toMatchObject({
      at: instantText(noonMs),
      clock: { offsetMs: noonMs - 10_000 },
    });
  });

  it('keeps the least delayed time of a link and starts anew with the next', () => {
    const { clock } = testClock();
    clock.beginLink();
    clock.anchor(instantText(noonMs - 400)); // Delayed by 400 ms.
    clock.anchor(instantText(noonMs));
    clock.anchor(instantText(noonMs - 900));
    expect(clock.offsetMs).toBe(noonMs - 10_000);
    clock.beginLink();
    clock.anchor(instantText(noonMs - 5_000)); // The server's clock was set back.
    expect(clock.offsetMs).toBe(noonMs - 15_000);
  });

  it('is certain after a restart within the same boot', () => {
    const { clock, device } = testClock(noonMs);
    expect(clock.isCertain).toBe(true);
    device.uptime += 5_000;
    expect(clock.now().at).toBe(instantText(noonMs + 15_000));
  });
});
