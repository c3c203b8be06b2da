/** What stands on the command line after a bench's name. */
export interface BenchOptions {
  readonly json: boolean;
  /** Part of the full counts, for a machine that is busy with other things. */
  readonly share: number;
  readonly rounds: number;
  /** A folder for the broker's CPU profiles (ingest, storm); null = none. */
  readonly profileDir: string | null;
}

/** The options, or a sentence saying what is not understood. */
export function readOptions(flags: readonly string[]): BenchOptions | string {
  let options: BenchOptions = { json: false, share: 1, rounds: 3, profileDir: null };
  const rest = [...flags];
  for (let flag = rest.shift(); flag !== undefined; flag = rest.shift()) {
    if (flag === '--json') {
      options = { ...options, json: true };
      continue;
    }
    const value = rest.shift() ?? '';
    if (flag === '--share' && isBetween(value, 0.001, 1)) options = { ...options, share: +value };
    else if (flag === '--rounds' && isBetween(value, 1, 9))
      options = { ...options, rounds: +value };
    else if (flag === '--profile' && value !== '') options = { ...options, profileDir: value };
    else return `"${flag} ${value}" is not understood.`;
  }
  return options;
}

function isBetween(text: string, least: number, most: number): boolean {
  const value = Number(text);
  return text !== '' && value >= least && value <= most;
}

/** That part of a full count, at least 1. */
export const partOf = (count: number, share: number): number =>
  Math.max(1, Math.round(count * share));

/** What makes a Node program write its CPU profile when it ends. */
export const profileFlags = (dir: string | null): readonly string[] =>
  dir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${dir}`];
