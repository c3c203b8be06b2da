/*
 * 数据质量. HTTP of what is not right in the register. Counts and places: nobody is named, so that
 * nothing personal is read to know where to go.
 */

/** What is looked for. A row of each is mended on one page: see `mendedOn` of the console's rules. */
export const qualityChecks = [
  'organisations-without-region',
  'organisations-without-members',
  'people-without-post',
  'people-without-terminal',
  'terminals-without-people',
  'doubtful-dates',
] as const;
export type QualityCheck = (typeof qualityChecks)[number];

/** GET /api/quality?region=: every check with its count, and where. */
export interface QualityView {
  readonly check: QualityCheck;
  /** Rows of its list. */
  readonly count: number;
  /** By the divisions right below the asked one, most first; those without any are left out. */
  readonly byRegion: readonly { readonly region: string; readonly count: number }[];
}

/** GET /api/quality/:check?region=&after= → Page<QualityRow> */
export interface QualityRow {
  readonly region: string;
  /** The organisation it is about; null = the village itself. */
  readonly organisation: { readonly organisationId: string; readonly name: string } | null;
  /** How many people or dates of it. */
  readonly count: number;
}
