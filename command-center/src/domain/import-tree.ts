import { organisationColumns } from './import-columns.ts';
import { rowFault, type RowFault } from './import-words.ts';

export interface TreeNode {
  readonly code: string;
  readonly parentCode: string | null;
}

export interface PlacedTree {
  /** Codes from the top down, each followed by a dot; of those that hang on a top. */
  readonly paths: ReadonlyMap<string, string>;
  readonly faults: ReadonlyMap<string, readonly RowFault[]>;
}

/** 层级. Levels of organisations, the prefecture's committee being the first. */
export const organisationLevels = 8;

/**
 * Where everything hangs. A ring is the fault of each changed one in it; a branch that grew too long
 * that of the nearest changed one at or above its end.
 */
export function placeInTree(
  nodes: ReadonlyMap<string, TreeNode>,
  changed: ReadonlySet<string>,
): PlacedTree {
  const paths = new Map<string, string>();
  const faults = new Map<string, RowFault[]>();
  const { header } = organisationColumns.parentCode;
  const blame = (code: string, fault: RowFault) => {
    const said = faults.get(code) ?? [];
    if (said.every((each) => each.code !== fault.code)) faults.set(code, [...said, fault]);
  };
  for (const code of nodes.keys()) {
    const way = wayUp(code, nodes);
    if (way.isRing) {
      const path = [...way.codes.slice(0, ringShown), code].join(' → ');
      if (changed.has(code)) blame(code, rowFault('parent-ring', header, { path }));
      continue;
    }
    paths.set(
      code,
      way.codes
        .toReversed()
        .map((each) => `${each}.`)
        .join(''),
    );
    if (way.codes.length <= organisationLevels) continue;
    const nearest = way.codes.find((each) => changed.has(each));
    if (nearest !== undefined) {
      blame(nearest, rowFault('too-deep', header, { limit: organisationLevels }));
    }
  }
  return { paths, faults };
}

const ringShown = 10;
/** Longer than any right way up and any way worth naming: a file cannot make the walk long. */
const stepsMaximum = 64;

/** The codes from one up to its top, or round until it comes back to itself. */
function wayUp(
  start: string,
  nodes: ReadonlyMap<string, TreeNode>,
): { readonly codes: readonly string[]; readonly isRing: boolean } {
  const codes: string[] = [];
  const seen = new Set<string>();
  let at: string | null = start;
  while (at !== null && codes.length < stepsMaximum) {
    if (seen.has(at)) return { codes, isRing: true };
    seen.add(at);
    codes.push(at);
    at = nodes.get(at)?.parentCode ?? null;
  }
  return { codes, isRing: false };
}
