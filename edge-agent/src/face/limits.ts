/** Ceilings of the face sessions. */
export const faceDeskLimits = {
  /** How often a session looks at the time when no frame comes. */
  tickMs: 250,
  /** While idle the agent's own camera is looked at this often, not at each frame. */
  idleLookMs: 400,
  readMs: 5_000,
  /** Pause before a reader that ended is opened again. */
  reopenMs: 10_000,
} as const;
