import { qualityChecks, type QualityCheck } from '@sightline/contracts';

export function isQualityCheck(text: string): text is QualityCheck {
  return qualityChecks.some((check) => check === text);
}

/** The page of the console where a row of a check is mended. */
export const mendedOn: Readonly<Record<QualityCheck, 'organisations' | 'villages'>> = {
  'organisations-without-region': 'organisations',
  'organisations-without-members': 'organisations',
  'people-without-post': 'villages',
  'people-without-terminal': 'villages',
  'terminals-without-people': 'villages',
  'doubtful-dates': 'organisations',
};

const cursor = /^\d{4,12}\.[0-9a-f-]{0,36}$/;

/** A `<region>.<organisationId>` cursor; null = the first page, false = no cursor at all. */
export function parseQualityCursor(text: string | undefined): string | null | false {
  if (text === undefined) return null;
  return cursor.test(text) ? text : false;
}

export function sumOf(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}
