import type { Region } from '@sightline/contracts';

/** Terminals one village may have; the number ends the id. */
export const terminalsPerVillage = 9;

/** The next free id of a village's terminals, `540235100001-1`, or null when all are taken. */
export function nextTerminalId(region: Region, taken: readonly string[]): string | null {
  const numbers = Array.from({ length: terminalsPerVillage }, (_, index) => index + 1);
  const ids = numbers.map((number) => `${region}-${number}`);
  return ids.find((id) => !taken.includes(id)) ?? null;
}
