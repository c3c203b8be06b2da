/** Cuts a byte stream into frames of one size. Holds at most one frame that is not yet whole. */
export function createFrameSplitter(
  frameBytes: number,
  onFrame: (pixels: Uint8Array) => void,
): (chunk: Uint8Array) => void {
  let pending = new Uint8Array(frameBytes);
  let filled = 0;
  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      const part = rest.subarray(0, frameBytes - filled);
      pending.set(part, filled);
      filled += part.length;
      rest = rest.subarray(part.length);
      if (filled < frameBytes) continue;
      const whole = pending;
      pending = new Uint8Array(frameBytes);
      filled = 0;
      onFrame(whole);
    }
  };
}
