import type { Desired } from '@sightline/contracts';

/** Whether a document replaces what stands: it is for this terminal, and newer. */
export function isNewer(
  standing: Desired | null,
  offered: Desired,
  terminalId: string | null,
): boolean {
  if (offered.terminalId !== terminalId) return false;
  return standing?.terminalId !== offered.terminalId || offered.version > standing.version;
}
