/** Every ceiling of the media server, in one place. */
export const limits = {
  worker: {
    /** A worker run bare answers at once; one that does not is none. */
    proofMs: 5_000,
    /** The package's own prebuilt binary (4 MB); a network that swallows packets never says no. */
    prebuiltMs: 90_000,
    /** All of a build, on a slow machine with other work: 50 s on two idle cores. */
    buildMs: 30 * 60_000,
    /** One call of a tool that only answers. */
    toolMs: 60_000,
    /** Another process's build is looked at so often. */
    waitPollMs: 500,
    /** Compilers at once, each up to 1 GB of memory. */
    compilers: 8,
    /** What of a compiler's words is kept for the message of a fault. */
    toolOutputBytes: 1024 * 1024,
    /** Source text compiled in one go: the headers are read once for all of it. */
    unitBytes: 220_000,
  },
  workers: {
    /** One a core, at most so many on a large machine. */
    count: 16,
    /** From the spawn to its first word. */
    startMs: 5_000,
    /** Lost to started again: the first pause doubling to the last, so that a loss is mended within 3 s. */
    restartFirstMs: 100,
    restartLastMs: 2_000,
    /** A worker that lived so long was sound: the next loss is a first one. */
    soundMs: 30_000,
    /** Each is asked for its CPU time so often; one that stays silent for longer than `silentMs` hangs. */
    usageEveryMs: 2_000,
    silentMs: 6_000,
    /** From the wish to end to SIGKILL, and from SIGKILL to the end. */
    endMs: 2_000,
    killMs: 2_000,
  },
} as const;
