/** Plays to the end; false where it cannot be played. */
export function playSound(sound: Blob): Promise<boolean> {
  const address = URL.createObjectURL(sound);
  const player = new Audio(address);
  return new Promise<boolean>((resolve) => {
    player.addEventListener('ended', () => resolve(true), { once: true });
    player.addEventListener('error', () => resolve(false), { once: true });
    player.play().catch(() => resolve(false));
  }).finally(() => URL.revokeObjectURL(address));
}
