/** Shows each step of a start by name with a measured quantity, on stderr. */
export interface Progress {
  /** Runs a step; `report` tells how far it is, in words with a number: "12.4 of 41.0 MB". */
  step<T>(name: string, run: (report: (measured: string) => void) => Promise<T>): Promise<T>;
  note(line: string): void;
}

const betweenLinesMs = 1000;

export function openProgress(out: { write(text: string): unknown }): Progress {
  return {
    note: (line) => void out.write(`${line}\n`),
    async step(name, run) {
      const startedAt = performance.now();
      let shownAt = -Infinity;
      let last = '';
      const show = (measured: string) => {
        last = measured;
        if (performance.now() - shownAt < betweenLinesMs) return;
        shownAt = performance.now();
        out.write(`  ${name} · ${measured}\n`);
      };
      const result = await run(show);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      out.write(`✓ ${name}${last === '' ? '' : ` · ${last}`} · ${seconds} s\n`);
      return result;
    },
  };
}
