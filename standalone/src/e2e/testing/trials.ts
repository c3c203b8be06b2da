/** Prints what a number of trials took: `name: median 1.20 s, longest 2.34 s, 20 trials`. */
export function printTrials(name: string, takenMs: readonly number[]): void {
  const sorted = takenMs.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const longest = seconds(sorted.at(-1) ?? 0);
  print(`${name}: median ${seconds(median)}, longest ${longest}, ${sorted.length} trials`);
}

/** A line in the test's own output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
