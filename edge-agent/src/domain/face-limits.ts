/** What a frame must be like before anybody is compared with it (人脸质量), and how long a session may last. */
export const faceLimits = {
  /** Shorter side of the face as a share of the frame's height. */
  smallestFace: 0.22,
  largestFace: 0.82,
  /** Half axes of the oval on the page, as shares of the frame's height; the face's middle lies inside. */
  ovalHalfWidth: 0.3,
  ovalHalfHeight: 0.38,
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
  checkInMs: 15_000,
  enrolFrames: 5,
  /** Between two kept frames of an enrolment, so that five frames are five looks. */
  enrolPauseMs: 250,
  enrolMs: 60_000,
  /** Frames remembered to tell a repeated one; more than a session can have at its frame rate. */
  rememberedFrames: 1024,
  /** An automatic session begins again at the latest after so long before the same face. */
  autoPauseMs: 60_000,
} as const;
