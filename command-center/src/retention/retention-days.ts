import { retentionKinds, type RetentionDays, type RetentionKind } from '@sightline/contracts';

/** Days that things are kept where the operator says nothing; why: docs/privacy.md. */
const usualDays: RetentionDays = {
  recordings: 180,
  decks: 90,
  lines: 180,
  title: 730,
  notes: 180,
};

const maximumDays = 36_500;

/** Reads `recordings=90,lines=30`; what is not named keeps its usual time. Throws a sentence naming the wrong word. */
export function readRetentionDays(text: string): RetentionDays {
  const days: Record<RetentionKind, number> = { ...usualDays };
  for (const word of text.split(',').map((each) => each.trim())) {
    if (word === '') continue;
    const [, name = '', number = ''] = /^([a-z]+)=(\d{1,5})$/.exec(word) ?? [];
    const kind = retentionKinds.find((one) => one === name);
    const count = Number(number);
    if (kind === undefined || count < 1 || count > maximumDays) {
      throw new Error(
        `SIGHTLINE_RETENTION_DAYS says "${word}"; ${retentionKinds.join(', ')}, each with = and 1 to ${maximumDays} days, are expected.`,
      );
    }
    days[kind] = count;
  }
  return days;
}
