/** Ceilings of a page in a meeting. */
export const clientLimits = {
  /** To connect: over 8 kbit/s the handshake of TLS alone takes five seconds. */
  connectMs: 15_000,
  /** After the first loss, doubling to the last; the upper half by chance. To come in costs a thin link more than to stay. */
  retry: { firstMs: 500, lastMs: 15_000 },
  /** A stay that lasted so long was sound: the next loss is a first one. */
  soundMs: 30_000,
  /** So long may ICE be disconnected before it is restarted, and a restart take before the room is entered anew. */
  iceDisconnectedMs: {
    'video-300': 3_000,
    'video-128': 3_000,
    'video-64': 4_000,
    stills: 6_000,
    audio: 8_000,
    text: 10_000,
  },
  iceRestartMs: {
    'video-300': 8_000,
    'video-128': 8_000,
    'video-64': 10_000,
    stills: 15_000,
    audio: 20_000,
    text: 30_000,
  },
  /** So long may the first way be looked for: where no address answers at all, a browser looks for ever. */
  iceConnectMs: 15_000,
  /** So long may media be without a way before the page says so. */
  wayLostMs: 4_000,
  /** Whatever the server says, no more receivers than this. */
  consumers: 64,
  /** What could not be set up is tried again so long after, so many times. */
  receiveAgain: { firstMs: 500, lastMs: 15_000, most: 7 },
  /** A still older than this shows no longer where the picture itself has come back. */
  stillFreshMs: { camera: 9_000, screen: 20_000 },
  /** For one page of a deck to come, and before it is asked for again. */
  slideMs: 60_000,
  slideAgainMs: 5_000,
  /** Tried one after the other until the still is small enough; of a screen the text must stay readable. */
  stillWidthsPx: { camera: [320, 240], screen: [1280, 960, 720] },
  stillQualities: { camera: [0.6, 0.4, 0.25, 0.12], screen: [0.7, 0.5, 0.35] },
} as const;
