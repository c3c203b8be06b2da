/** What a frame must be like before anybody is compared with it (人脸质量), and how long a session may last. */
export const faceLimits = {
  /** Shorter side of the face as a share of the frame's height. */
  smallestFace: 0.22,
  /** Nearer, and the liveness network does not see the edge of a photograph any more. */
  largestFace: 0.5,
  /** Half axes of the oval on the page, as shares of the frame's height; the face's middle lies inside. */
  ovalHalfWidth: 0.3,
  ovalHalfHeight: 0.38,
  /** Mean of all pixels below which nothing can be seen. */
  blackest: 14,
  darkest: 45,
  brightest: 215,
  /** Variance of the Laplacian of the aligned face. */
  blurriest: 20,
  yawDeg: 28,
  pitchDeg: 28,
  rollDeg: 25,
  /** A second face counts when it is at least this share of the first one's size. */
  secondFace: 0.6,
  /** Best and next best person must differ by this much, or nobody is named. */
  margin: 0.06,
  agreeingFrames: 3,
  /** So many usable frames without a match and the person is asked for the PIN. */
  strangerFrames: 12,
  /** So many usable frames of a known face that is not alive, and the session ends. */
  lifelessFrames: 12,
  /** A whole check-in, from the press to the last frame. */
  checkInMs: 25_000,
  /** From the word of the challenge to its end. */
  challengeMs: 10_000,
  /** So long may the face be out of sight during a challenge before everything begins again. */
  lostMs: 700,
  /** Two boxes of one face in frames that follow each other share at least this much of their union. */
  sameBox: 0.25,
  /** So many usable frames of somebody else during a challenge, and the session ends. */
  changedFrames: 3,
  /**
   * An eye counts as closed from here, as open up to there; in between it is neither. With 0.8 and 0.5 the
   * network saw a blink in 5 of 48 photographs moved by hand, with these in none (`face/attacks.test.ts`).
   */
  eyesClosed: 0.9,
  eyesOpen: 0.3,
  /** A blink closes within so long of the last open look, and opens again within so long. */
  blinkMs: 1_500,
  /** Who looks into the camera: only such a look is recognised, and only such a head blinks. */
  frontYawDeg: 10,
  /** Yaw of a turned head, how much it must differ from the recognised look, in so many frames; and of one turned back. */
  turnDeg: 14,
  turnChangeDeg: 8,
  turnFrames: 2,
  turnedBackDeg: 8,
  enrolFrames: 5,
  /** Between two kept frames of an enrolment, so that five frames are five looks. */
  enrolPauseMs: 250,
  enrolMs: 60_000,
  /** Frames with a face remembered to tell a replayed one: some six minutes of sessions. */
  rememberedFrames: 4096,
  /** An automatic session begins again at the latest after so long before the same face. */
  autoPauseMs: 60_000,
  /** So many sessions that looked like a deceit within so long lock faces for a while. */
  lockFailures: 5,
  lockWithinMs: 600_000,
  lockMs: 300_000,
} as const;
