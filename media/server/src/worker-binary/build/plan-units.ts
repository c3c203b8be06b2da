import { limits } from '#limits.ts';
import type { Source } from './read-sources.ts';

/** Sources that are compiled in one go: the headers, most of the work, are read once for all of them. */
export interface Unit {
  readonly files: readonly Source[];
  readonly bytes: number;
}

interface OpenUnit {
  readonly files: Source[];
  readonly names: Set<string>;
  bytes: number;
}

/** Groups the sources, largest unit first, so that no two of a unit have a file-scope name in common. */
export function planUnits(
  groups: readonly (readonly Source[])[],
  unitBytes: number = limits.worker.unitBytes,
): readonly Unit[] {
  return groups
    .flatMap((sources) => planGroup(sources, unitBytes))
    .toSorted((a, b) => b.bytes - a.bytes);
}

function planGroup(sources: readonly Source[], unitBytes: number): readonly Unit[] {
  const units: OpenUnit[] = [];
  for (const source of sources) {
    const names = fileScopeNames(source.text);
    // An explicit specialisation must come before any use of its template: such a source is alone.
    const bytes = /^\s*template<>/m.test(source.text) ? unitBytes : source.text.length;
    const place = units.find(
      (unit) => unit.bytes + bytes <= unitBytes && unit.names.isDisjointFrom(names),
    );
    const unit = place ?? { files: [], names: new Set<string>(), bytes: 0 };
    if (place === undefined) units.push(unit);
    unit.files.push(source);
    unit.bytes += bytes;
    for (const name of names) unit.names.add(name);
  }
  return units.map(({ files, bytes }) => ({ files, bytes }));
}

const fileScope = [
  // static / inline / constexpr / const variables and functions, also one namespace deep.
  /^(?:\t{0,2}(?:alignas\(\w+\)\s+)?(?:(?:static|inline|constexpr|thread_local)\s+)|const\s+)[\w:<>,*& ]*?[\s*&](\w+)\s*(?:\[[^\]]*\]\s*)*(?:[={(;]|$)/,
  // Types, and constants and functions with a capital, at the left edge.
  /^(?!namespace|using|return)(?:class|struct|enum(?: class)?|[\w:<>*&]+)\s+(k?[A-Z]\w+)\s*(?:[({=]|$)/,
  /^enum \{ (\w+)/,
];

/**
 * Names that a source has for itself, as far as its lines tell. One that is overlooked costs time, not
 * correctness: a unit that does not compile is compiled source by source.
 */
function fileScopeNames(text: string): ReadonlySet<string> {
  const names = text
    .split('\n')
    .flatMap((line) => fileScope.map((pattern) => pattern.exec(line)?.[1]));
  return new Set(names.filter((name) => name !== undefined));
}
