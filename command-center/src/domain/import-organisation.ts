import { isWithin, type Region } from '@sightline/contracts';
import { organisationColumns, type RowRead } from './import-columns.ts';
import { placeInTree, type TreeNode } from './import-tree.ts';
import { rowFault, type RowFault } from './import-words.ts';

const columns = organisationColumns;
const prefectureDigits = 4;

/** An organisation as the register has it. */
export interface KnownOrganisation {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly isFunctional: boolean;
  readonly parentCode: string | null;
  readonly foundedOn: string | null;
  /** Null = it stands nowhere now. */
  readonly region: Region | null;
  readonly isEnded: boolean;
}

export interface OrganisationContext {
  readonly scope: Region;
  readonly today: Temporal.PlainDate;
  readonly regions: ReadonlyMap<Region, { readonly isEnded: boolean }>;
  readonly register: ReadonlyMap<string, KnownOrganisation>;
}

/** What a right row would make of an organisation. */
export interface OrganisationPlan {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly isFunctional: boolean;
  readonly parentCode: string | null;
  readonly region: Region;
  readonly foundedOn: string | null;
  /** Codes from the top down, each followed by a dot. */
  readonly path: string;
}

export type OrganisationVerdict = { readonly row: number } & (
  | { readonly outcome: 'add' | 'change' | 'same'; readonly plan: OrganisationPlan }
  | { readonly outcome: 'wrong'; readonly faults: readonly RowFault[] }
);

export type OrganisationRead = RowRead<keyof typeof organisationColumns>;

/** What every row of the sheet would do to the register, seen together: the tree needs all of them. */
export function judgeOrganisations(
  rows: readonly OrganisationRead[],
  context: OrganisationContext,
): OrganisationVerdict[] {
  const twins = twinsOf(rows);
  const nodes = new Map<string, TreeNode>();
  for (const known of context.register.values()) nodes.set(known.code, known);
  for (const { values } of rows) {
    const { code = null, parentCode = null } = values;
    if (code !== null) nodes.set(code, { code, parentCode });
  }
  const changed = new Set(rows.map(({ values }) => values.code ?? ''));
  const tree = placeInTree(nodes, changed);
  return rows.map((read) => {
    const twinRows = twins.get(read) ?? [];
    const code = read.values.code ?? '';
    const faults = [
      ...read.faults,
      ...twinRows.map((other) => rowFault('duplicate-in-file', columns.code.header, { other })),
      ...placeFaults(read, context),
      ...parentFaults(read, context, nodes),
      ...(tree.faults.get(code) ?? []),
    ];
    if (faults.length > 0) return { row: read.row, outcome: 'wrong', faults };
    const known = context.register.get(code) ?? null;
    const plan = planOf(read, known, tree.paths.get(code) ?? '');
    return { row: read.row, outcome: outcomeOf(plan, known), plan };
  });
}

/** Rows that say the same code: each names the others. */
function twinsOf(rows: readonly OrganisationRead[]): ReadonlyMap<OrganisationRead, number[]> {
  const byCode = Map.groupBy(rows, ({ values, row }) => values.code ?? `row ${row}`);
  const twins = new Map<OrganisationRead, number[]>();
  for (const same of byCode.values()) {
    for (const read of same.length > 1 ? same : []) {
      const others = same.filter((other) => other !== read).map(({ row }) => row);
      twins.set(read, others.slice(0, twinsNamed));
    }
  }
  return twins;
}

const twinsNamed = 3;

function placeFaults({ values }: OrganisationRead, context: OrganisationContext): RowFault[] {
  const { regions, register, scope, today } = context;
  const faults: RowFault[] = [];
  const { region: code = null, foundedOn = null } = values;
  const { header } = columns.region;
  if (code !== null) {
    const division = regions.get(code);
    if (division === undefined) faults.push(rowFault('unknown-region', header, { code }));
    else if (division.isEnded) faults.push(rowFault('ended-region', header, { code }));
    else if (!isWithin(code, scope)) {
      faults.push(rowFault('region-outside-scope', header, { code, scope }));
    }
  }
  const known = register.get(values.code ?? '');
  if (known !== undefined) faults.push(...knownFaults(known, scope));
  if (foundedOn !== null && foundedOn > today.toString()) {
    faults.push(rowFault('future-date', columns.foundedOn.header, { value: foundedOn }));
  }
  return faults;
}

function knownFaults({ code, region, isEnded }: KnownOrganisation, scope: Region): RowFault[] {
  const { header } = columns.code;
  if (isEnded) return [rowFault('ended-organisation', header, { code })];
  if (region !== null && isWithin(region, scope)) return [];
  return [rowFault('organisation-outside-scope', header, { code, scope })];
}

function parentFaults(
  { values }: OrganisationRead,
  { register, scope }: OrganisationContext,
  nodes: ReadonlyMap<string, TreeNode>,
): RowFault[] {
  const { header } = columns.parentCode;
  const { parentCode: code = null, region = null } = values;
  if (code === null) {
    const isTop = region === null || region.length === prefectureDigits;
    return isTop ? [] : [rowFault('parent-required', header)];
  }
  if (!nodes.has(code)) return [rowFault('unknown-parent', header, { code })];
  const known = register.get(code);
  if (known === undefined) return [];
  if (known.isEnded) return [rowFault('ended-organisation', header, { code })];
  // Above, on or below what one may see: never beside it.
  const near = known.region ?? '-';
  if (isWithin(near, scope) || isWithin(scope, near)) return [];
  return [rowFault('organisation-outside-scope', header, { code, scope })];
}

/** A column the sheet does not have leaves the register as it is. */
function planOf(
  { row, values }: OrganisationRead,
  known: KnownOrganisation | null,
  path: string,
): OrganisationPlan {
  const { code = null, name = null, kind = null, region = null, parentCode = null } = values;
  const { isFunctional, foundedOn } = values;
  if (code === null || name === null || kind === null || region === null) {
    throw new Error(`Row ${row} has no fault and lacks what it needs.`);
  }
  return {
    code,
    name,
    kind,
    region,
    parentCode,
    path,
    isFunctional:
      isFunctional === undefined ? (known?.isFunctional ?? false) : isFunctional === 'yes',
    foundedOn: foundedOn === undefined ? (known?.foundedOn ?? null) : foundedOn,
  };
}

function outcomeOf(
  plan: OrganisationPlan,
  known: KnownOrganisation | null,
): 'add' | 'change' | 'same' {
  if (known === null) return 'add';
  const isSame =
    known.name === plan.name &&
    known.kind === plan.kind &&
    known.isFunctional === plan.isFunctional &&
    known.parentCode === plan.parentCode &&
    known.foundedOn === plan.foundedOn &&
    known.region === plan.region;
  return isSame ? 'same' : 'change';
}
