import {
  dutyPosts,
  parsePlainDate,
  type DutyPost,
  type RosterSlot,
  type ShiftKey,
} from '@sightline/contracts';
import { placeOf } from './roster-places.ts';

/** 值班表工作簿. One sheet a village, one row a day: the same columns out and in. */
export interface SheetColumn {
  readonly header: string;
  readonly post: DutyPost;
  readonly name: 'day' | 'night';
  readonly isFallback: boolean;
}

const postWords: Readonly<Record<DutyPost, string>> = {
  lead: '带班',
  watch: '值班',
  standby: '备勤',
};
const nameWords = { day: '白班', night: '夜班' } as const;

export const dayHeader = '日期 day';
/** Of who is told apart by more than a name: 扎西#3 is the third of the list. */
const places = /^(.*)#([0-9]{1,2})$/u;

/** Holders first, then who comes when they do not. */
export const sheetColumns: readonly SheetColumn[] = [false, true].flatMap((isFallback) =>
  dutyPosts.flatMap((post) =>
    (['day', 'night'] as const).map((name) => {
      const words = `${postWords[post]}${nameWords[name]}${isFallback ? '备班' : ''}`;
      const english = `${post} ${name}${isFallback ? ' fallback' : ''}`;
      return { header: `${words} ${english}`, post, name, isFallback };
    }),
  ),
);

/** A sheet is a village's by the code its name begins with. */
export function sheetNameOf({ region, name }: { readonly region: string; readonly name: string }) {
  return `${region} ${name.replaceAll(/[[\]*?:/\\']/g, '')}`.slice(0, 31).trim();
}

export interface SheetPerson {
  readonly personId: string;
  readonly name: string;
}

/** What stands in the cells that name people: 扎西, or 扎西#3 where the village has several. */
export function cellNames(people: readonly SheetPerson[]): ReadonlyMap<string, string> {
  const counts = Map.groupBy(people, ({ name }) => name);
  return new Map(
    people.map(({ personId, name }, index) => {
      const isAlone = counts.get(name)?.length === 1 && !places.test(name);
      return [personId, isAlone ? name : `${name}#${index + 1}`];
    }),
  );
}

export interface SheetFault {
  readonly header: string | null;
  readonly code: 'no-day' | 'unknown-person' | 'fallback-alone' | 'own-fallback' | 'two-posts';
  readonly params: Readonly<Record<string, string>>;
}

export interface SheetRow {
  readonly day: string;
  readonly slots: readonly RosterSlot[];
  readonly faults: readonly SheetFault[];
}

/** Reads one row: header → text. Null = the row holds nothing. */
export function readRow(
  cells: ReadonlyMap<string, string>,
  personOf: ReadonlyMap<string, string>,
): SheetRow | null {
  if (cells.size === 0) return null;
  const day = parsePlainDate(cells.get(dayHeader) ?? '')?.toString();
  if (day === undefined) {
    const value = cells.get(dayHeader) ?? '';
    return {
      day: '',
      slots: [],
      faults: [{ header: dayHeader, code: 'no-day', params: { value } }],
    };
  }
  const faults: SheetFault[] = [];
  const named = new Map<string, string>();
  for (const { header, post, name, isFallback } of sheetColumns) {
    const value = cells.get(header);
    if (value === undefined) continue;
    const personId = personOf.get(value);
    if (personId === undefined) faults.push({ header, code: 'unknown-person', params: { value } });
    else named.set(keyOf(post, `${day}/${name}`, isFallback), personId);
  }
  const slots = slotsOf(day, named, faults);
  return { day, slots, faults };
}

function keyOf(post: DutyPost, shift: ShiftKey, isFallback: boolean): string {
  return `${placeOf(post, shift)} ${isFallback ? 'fallback' : 'holder'}`;
}

function slotsOf(
  day: string,
  named: ReadonlyMap<string, string>,
  faults: SheetFault[],
): RosterSlot[] {
  const slots: RosterSlot[] = [];
  for (const { header, post, name, isFallback } of sheetColumns) {
    if (isFallback) continue;
    const shift = `${day}/${name}`;
    const personId = named.get(keyOf(post, shift, false));
    const fallbackId = named.get(keyOf(post, shift, true)) ?? null;
    if (personId === undefined) {
      const isNamed = faults.some((fault) => fault.header === header);
      if (fallbackId !== null && !isNamed)
        faults.push({ header, code: 'fallback-alone', params: {} });
      continue;
    }
    if (personId === fallbackId) faults.push({ header, code: 'own-fallback', params: {} });
    const isTwice = slots.some((slot) => slot.shift === shift && slot.personId === personId);
    if (isTwice) faults.push({ header, code: 'two-posts', params: {} });
    slots.push({ post, shift, personId, fallbackId });
  }
  return slots;
}
