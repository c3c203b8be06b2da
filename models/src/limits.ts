/** Every ceiling of the eyes, in one place. */
export const LIMITS = {
  /** Pixels of a frame: 4K. A larger one is refused, the camera should scale it down. */
  framePixels: 3840 * 2160,
  /** Shortest side of a frame: below it no face can be read. */
  frameSidePx: 64,
  /** Faces of one frame that are read; the largest and most central come first. */
  facesPerFrame: 4,
  /** Boxes that go into the suppression of overlaps. */
  boxCandidates: 200,
  /** Frames that may wait for the reader's thread; the next one is refused as `busy`. */
  waitingFrames: 4,
  /** One frame, on the slowest terminal. */
  readTimeoutMs: 10_000,
  /** Loading and checking all networks. */
  openTimeoutMs: 30_000,
  /** A manifest is a page of text. */
  manifestBytes: 64 * 1024,
  /** A whole package from the registry over a village's line (57 MB at 1 Mbit/s: 8 min). */
  packTimeoutMs: 15 * 60_000,
  /** A registry that sends nothing for so long is gone. */
  packSilenceMs: 60_000,
  /** How often the bytes on disk are counted while a package arrives. */
  packPollMs: 250,
  /** What of npm's words is kept for the message of a fault. */
  toolOutputBytes: 1024 * 1024,
  /** Unpacking a tarball of tens of megabytes. */
  unpackTimeoutMs: 120_000,
  /** A picture file given to the `face` command. */
  pictureBytes: 64 * 1024 * 1024,
  /** Pixels of such a picture before it is scaled down to a frame. */
  picturePixels: 120_000_000,
  /** Opening one picture file. */
  pictureTimeoutS: 20,
  /** Frames of a film that are judged, so many a second of it. */
  filmFrames: 50,
  filmFramesPerSecond: 5,
  filmWidthPx: 1280,
  /** Decoding one film. */
  filmTimeoutMs: 60_000,
  /** Decoded frames of one film in memory. */
  filmBytes: 1024 ** 3,
  /** Lines and different pictures of a file of pairs (a template is 2 kB). */
  scoredPairs: 2_000_000,
  scoredPictures: 100_000,
  pairsFileBytes: 512 * 1024 * 1024,
  /** Presentations in a folder of attacks. */
  presentations: 100_000,
  /** Lines about pictures or rows that were left out; the rest is only counted. */
  namedFaults: 50,
  /** The operator hears at least so often how far a long command is. */
  progressMs: 3_000,
} as const;
