/** A load process's side of the pipe to the bench that started it. */
export function tell(word: object): void {
  process.send?.(word);
}

/** The next word of the bench; the process ends with the bench. */
export function nextWord(): Promise<unknown> {
  return new Promise((resolve) => process.once('message', resolve));
}

/** Called once at the start: whatever this process is doing ends when the bench is gone or done. */
export function endWithParent(): void {
  process.once('disconnect', () => process.exit(0));
}
