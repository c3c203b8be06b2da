import { shiftFromKey, type DutyPost } from '@sightline/contracts';

/** One row of the ledger, as it stands in the address of its page. */
export interface ChosenDuty {
  readonly region: string;
  readonly post: DutyPost;
  /** ISO instant, milliseconds. */
  readonly starts: string;
}

const form = /^(\d{12})\.(lead|watch|standby)\.(\d{4}-\d{2}-\d{2})\.(day|night)$/;

/** 540235100201.watch.2026-11-23.night */
export function dutyIdOf(duty: {
  readonly region: string;
  readonly post: string;
  readonly day: string;
  readonly span: string;
}): string {
  const half = duty.span === 'night' ? 'night' : 'day';
  return `${duty.region}.${duty.post}.${duty.day}.${half}`;
}

/** Null = the address names no duty. */
export function dutyFromId(id: string | undefined): ChosenDuty | null {
  const [, region, post, day, half] = form.exec(id ?? '') ?? [];
  if (region === undefined || day === undefined || half === undefined) return null;
  if (post !== 'lead' && post !== 'watch' && post !== 'standby') return null;
  const { from } = shiftFromKey(`${day}/${half}`);
  return { region, post, starts: from.toString({ smallestUnit: 'millisecond' }) };
}
