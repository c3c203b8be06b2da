import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DeviceClock } from '#clock/terminal-clock.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The machine's clocks. On Linux the boot and its monotonic clock are the kernel's, so that an agent
 * restarted offline still counts from the same boot; elsewhere a boot lasts as long as the process.
 */
export function deviceClock(bootIdFile = '/proc/sys/kernel/random/boot_id'): DeviceClock {
  const kernelBoot = readBootId(bootIdFile);
  if (kernelBoot !== null) {
    const uptimeMs = (): number => Number(process.hrtime.bigint() / 1_000_000n);
    return { bootId: kernelBoot, uptimeMs, wallMs: () => Date.now() };
  }
  return processClock();
}

/** A boot of its own that began now: for a simulated terminal, or where the kernel names no boot. */
export function processClock(): DeviceClock {
  const startedAt = performance.now();
  return {
    bootId: randomUUID(),
    uptimeMs: () => performance.now() - startedAt,
    wallMs: () => Date.now(),
  };
}

function readBootId(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return uuid.test(text) ? text : null;
  } catch {
    return null; // Not Linux, or a sandbox without /proc.
  }
}
