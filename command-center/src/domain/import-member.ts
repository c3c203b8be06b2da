import {
  isRefusal,
  isWithin,
  parseIdNumber,
  parsePlainDate,
  type Region,
} from '@sightline/contracts';
import { memberColumns, type RowRead } from './import-columns.ts';
import { rowFault, type ImportFaultCode, type RowFault } from './import-words.ts';

const columns = memberColumns;
/** 党章, article 1: at 18 at the earliest. */
const adultYears = 18;

/** A row of 党员 that holds together by itself. */
export interface MemberRow {
  readonly row: number;
  readonly name: string;
  readonly sex: 'female' | 'male';
  readonly bornOn: string;
  readonly education: string;
  readonly joinedOn: string;
  readonly isProbationary: boolean;
  readonly organisationCode: string;
  readonly isTransfer: boolean;
  readonly idNumber: string;
}

export interface MemberRead {
  /** Null where something is wrong with the row. */
  readonly member: MemberRow | null;
  /** Null where it is no number; a wrong row's number still meets its twin in the file. */
  readonly idNumber: string | null;
  readonly faults: readonly RowFault[];
}

/** What a row says by itself: number against birth date and sex, dates against each other and today. */
export function readMember(
  { row, values, faults: cellFaults }: RowRead<keyof typeof memberColumns>,
  today: Temporal.PlainDate,
): MemberRead {
  const { bornOn = null, joinedOn = null, sex = null, idNumber = null } = values;
  const number = idNumber === null ? null : parseIdNumber(idNumber, today);
  const faults = [...cellFaults, ...dateFaults({ bornOn, joinedOn }, today)];
  if (number === null) return { member: null, idNumber: null, faults };
  if (isRefusal(number)) {
    // The refusals of parseIdNumber have words of the same code.
    faults.push(rowFault(number.code as ImportFaultCode, columns.idNumber.header));
    return { member: null, idNumber: null, faults };
  }
  if (bornOn !== null && bornOn !== number.bornOn) {
    faults.push(rowFault('birth-date-differs', columns.bornOn.header));
  }
  if (sex !== null && sex !== number.sex) faults.push(rowFault('sex-differs', columns.sex.header));
  if (faults.length > 0) return { member: null, idNumber: number.text, faults };
  const { name = null, education = null, organisationCode = null } = values;
  if (name === null || education === null || organisationCode === null || joinedOn === null) {
    throw new Error(`Row ${row} has no fault and lacks what it needs.`);
  }
  const member = {
    row,
    name,
    sex: number.sex,
    bornOn: number.bornOn,
    education,
    joinedOn,
    organisationCode,
    idNumber: number.text,
    isProbationary: values.standing === 'probationary',
    isTransfer: values.isTransfer === 'yes',
  };
  return { member, idNumber: number.text, faults };
}

function dateFaults(
  dates: {
    readonly bornOn: string | null;
    readonly joinedOn: string | null;
  },
  today: Temporal.PlainDate,
): RowFault[] {
  const faults: RowFault[] = [];
  for (const key of ['bornOn', 'joinedOn'] as const) {
    const value = dates[key];
    // ISO dates of four-digit years compare as texts.
    if (value !== null && value > today.toString()) {
      faults.push(rowFault('future-date', columns[key].header, { value }));
    }
  }
  const born = dates.bornOn === null ? null : parsePlainDate(dates.bornOn);
  if (born !== null && dates.joinedOn !== null) {
    const earliest = born.add({ years: adultYears }).toString();
    if (dates.joinedOn < earliest) {
      const params = { joined: dates.joinedOn, earliest };
      faults.push(rowFault('joined-too-young', columns.joinedOn.header, params));
    }
  }
  return faults;
}

/** An organisation members may be sent to, as the register has it. */
export interface OrganisationPlace {
  readonly organisationId: string;
  readonly code: string;
  readonly name: string;
  readonly region: Region | null;
  readonly isEnded: boolean;
}

/** The same person as the register has them. */
export interface KnownMember {
  readonly organisationId: string;
  readonly name: string;
  readonly sex: string;
  readonly bornOn: string;
  readonly education: string;
  readonly joinedOn: string;
  readonly isProbationary: boolean;
}

export interface MemberContext {
  readonly scope: Region;
  readonly organisation: OrganisationPlace | null;
  readonly known: KnownMember | null;
  /** Where the known one belongs. */
  readonly knownPlace: OrganisationPlace | null;
}

export type MemberVerdict =
  | { readonly outcome: 'add' | 'change' | 'same'; readonly organisationId: string }
  | { readonly outcome: 'wrong'; readonly faults: readonly RowFault[] };

/** What a row would do to the register. */
export function judgeMember(row: MemberRow, context: MemberContext): MemberVerdict {
  const { organisation, known } = context;
  const fault =
    organisationFault(row, context) ?? (organisation === null ? null : transferFault(row, context));
  if (fault !== null) return { outcome: 'wrong', faults: [fault] };
  if (organisation === null) throw new Error('An unknown organisation is a fault.');
  const { organisationId } = organisation;
  if (known === null) return { outcome: 'add', organisationId };
  return { outcome: isSame(row, known, organisationId) ? 'same' : 'change', organisationId };
}

function organisationFault(
  { organisationCode: code }: MemberRow,
  { organisation, scope }: MemberContext,
): RowFault | null {
  const { header } = columns.organisationCode;
  if (organisation === null) return rowFault('unknown-organisation', header, { code });
  if (organisation.isEnded) return rowFault('ended-organisation', header, { code });
  if (organisation.region === null || !isWithin(organisation.region, scope)) {
    return rowFault('organisation-outside-scope', header, { code, scope });
  }
  return null;
}

/** Somebody of another organisation moves only where the row says so, and within what one may see. */
function transferFault(row: MemberRow, context: MemberContext): RowFault | null {
  const { organisation, known, knownPlace, scope } = context;
  const isElsewhere = known !== null && known.organisationId !== organisation?.organisationId;
  if (!isElsewhere) {
    return row.isTransfer && known === null
      ? rowFault('not-a-transfer', columns.isTransfer.header)
      : null;
  }
  if (knownPlace === null || knownPlace.region === null || !isWithin(knownPlace.region, scope)) {
    return rowFault('member-outside-scope', columns.idNumber.header);
  }
  if (row.isTransfer) return null;
  const { code, name } = knownPlace;
  return rowFault('member-elsewhere', columns.idNumber.header, { code, name });
}

function isSame(row: MemberRow, known: KnownMember, organisationId: string): boolean {
  return (
    known.organisationId === organisationId &&
    known.name === row.name &&
    known.sex === row.sex &&
    known.bornOn === row.bornOn &&
    known.education === row.education &&
    known.joinedOn === row.joinedOn &&
    known.isProbationary === row.isProbationary
  );
}
