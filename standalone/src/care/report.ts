/** Where a command says what it does: progress beside the answer, so that the answer can be piped. */
export interface Report {
  /** One step of long work. */
  progress(line: string): void;
  /** A line of the answer; none with `--json`. */
  say(line: string): void;
}

export function openReport({ json }: { readonly json: boolean }): Report {
  return {
    progress: (line) => void process.stderr.write(`  ${line}\n`),
    say: (line) => {
      if (!json) process.stdout.write(`${line}\n`);
    },
  };
}
