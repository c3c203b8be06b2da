import Type, { type Static } from 'typebox';
import { uuidPattern } from './fact.ts';
import { regionPattern } from './region-path.ts';

/*
 * 党组织与党员. HTTP of the register. Everything that names members is read with a purpose and audited;
 * trees, counts and lists of organisations name nobody.
 */

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const RegionCode = Type.String({ pattern: regionPattern });
/** A day that the calendar has. */
const Day = Type.String({ format: 'date', pattern: '^(19|20)[0-9]{2}-' });
const Name = Type.String({ minLength: 1, maxLength: 128 });

/** 党委, 党总支, 党支部, 党组. */
export const OrganisationKind = Type.Union([
  Type.Literal('committee'),
  Type.Literal('general-branch'),
  Type.Literal('branch'),
  Type.Literal('leading-group'),
]);
export type OrganisationKind = Static<typeof OrganisationKind>;

/** GET /api/organisations?region=: every organisation that stands in the scope today, parents first. */
export interface OrganisationView {
  readonly organisationId: string;
  readonly code: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  /** 功能型党组织. */
  readonly isFunctional: boolean;
  /** Null at the top, and where the parent stands outside what the viewer may see. */
  readonly parentId: string | null;
  /** Where it stands today. */
  readonly region: string;
  readonly members: number;
  /** For the search, as of regions. */
  readonly pinyin: string;
  readonly initials: string;
}

/** GET /api/organisations/:organisationId/regions: where it stood, newest first. */
export interface OrganisationRegionView {
  readonly region: string;
  readonly fromDay: string;
  readonly toDay: string | null;
}

/** POST /api/organisations → {organisationId}; it stands in `region` from `fromDay` on. */
export const AddOrganisationRequest = Type.Object(
  {
    region: RegionCode,
    code: Type.String({ pattern: '^[0-9A-Za-z]{1,32}$' }),
    name: Name,
    kind: OrganisationKind,
    isFunctional: Type.Boolean(),
    parentId: Type.Union([Uuid, Type.Null()]),
    fromDay: Day,
  },
  closed,
);

/** POST /api/organisations/:organisationId/rename → {organisationId} */
export const RenameOrganisationRequest = Type.Object({ name: Name }, closed);
/** POST /api/organisations/:organisationId/move → {organisationId}: under another parent, with all below it. */
export const MoveOrganisationRequest = Type.Object({ parentId: Uuid }, closed);
/** POST /api/organisations/:organisationId/end → {organisationId}: it has no members and nothing below it. */
export const EndOrganisationRequest = Type.Object({ day: Day }, closed);

export const Education = Type.Union([
  Type.Literal('primary'),
  Type.Literal('junior-middle'),
  Type.Literal('senior-middle'),
  Type.Literal('vocational'),
  Type.Literal('college'),
  Type.Literal('bachelor'),
  Type.Literal('postgraduate'),
]);
export type Education = Static<typeof Education>;

/** GET /api/organisations/:organisationId/members?purpose=&after= (audited), by name. */
export interface MemberView {
  readonly memberId: string;
  readonly name: string;
  readonly sex: 'female' | 'male';
  readonly bornOn: string;
  readonly education: Education;
  readonly joinedOn: string;
  readonly isProbationary: boolean;
  /** The id number with most of it covered. */
  readonly idMasked: string;
  /** 职务 held today. */
  readonly posts: readonly string[];
}

/** 手机, 座机. */
export const ContactKind = Type.Union([Type.Literal('mobile'), Type.Literal('landline')]);
export type ContactKind = Static<typeof ContactKind>;

/** 职务, held or once held. */
export interface PostView {
  readonly postId: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly title: string;
  readonly fromDay: string;
  /** The first day it was no longer held; null = still. */
  readonly toDay: string | null;
}

/** GET /api/members/:memberId?purpose= (audited): everything of one member, numbers covered. */
export interface MemberRecordView extends Omit<MemberView, 'posts'> {
  readonly organisationId: string;
  /** Newest first. */
  readonly posts: readonly PostView[];
  readonly contacts: readonly { readonly kind: ContactKind; readonly masked: string }[];
}

/** POST /api/members/:memberId/change → {memberId}. Sex and birth date follow from the id number. */
export const ChangeMemberRequest = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    education: Education,
    joinedOn: Day,
    isProbationary: Type.Boolean(),
  },
  closed,
);

/** POST /api/members/:memberId/posts → {postId} */
export const AddPostRequest = Type.Object(
  { organisationId: Uuid, title: Type.String({ minLength: 1, maxLength: 64 }), fromDay: Day },
  closed,
);
/** POST /api/members/:memberId/posts/:postId/end → {postId} */
export const EndPostRequest = Type.Object({ day: Day }, closed);

/** POST /api/members/:memberId/contacts → {memberId}: the number of this kind; null takes it away. */
export const SetContactRequest = Type.Object(
  {
    kind: ContactKind,
    number: Type.Union([Type.String({ pattern: '^[0-9+ -]{7,24}$' }), Type.Null()]),
  },
  closed,
);
/** POST /api/members/:memberId/contact-numbers?purpose=: the whole numbers, each time audited. */
export interface ContactNumbersReply {
  readonly contacts: readonly { readonly kind: ContactKind; readonly number: string }[];
}

/** POST /api/members/:memberId/id-number?purpose= → {idNumber}: the whole number, each time audited. */
export interface IdNumberReply {
  readonly idNumber: string;
}
/** POST /api/members/:memberId/transfer → {memberId} */
export const TransferMemberRequest = Type.Object({ organisationId: Uuid }, closed);
/** POST /api/members/:memberId/leave → {memberId} */
export const LeaveMemberRequest = Type.Object({ day: Day }, closed);

/** One part of a composition; null = one or two people, who could be recognised by it. */
export interface CompositionPart {
  readonly key: string;
  readonly count: number | null;
}

/**
 * GET /api/composition?region=&organisation=: of everybody who belongs there today, of all or of those
 * of one organisation and what stands under it; names nobody.
 */
export interface CompositionView {
  readonly members: number;
  readonly organisations: number;
  /** under-35, 35-50, 51-60, 61-70, over-70 */
  readonly age: readonly CompositionPart[];
  readonly sex: readonly CompositionPart[];
  readonly education: readonly CompositionPart[];
  /** Years since joining: under-5, 5-20, 21-40, over-40 */
  readonly standing: readonly CompositionPart[];
}

/**
 * 无年轻党员 (under 35), 无女党员, 三年未发展, 老龄化 (half or more are 60 or older, or all together are
 * over 60 on average).
 */
export const organisationLists = ['no-young', 'no-woman', 'no-growth', 'ageing'] as const;
export type OrganisationList = (typeof organisationLists)[number];

/** GET /api/organisation-lists?region=&organisation=: how many branches stand in each list. */
export type OrganisationListCounts = Readonly<Record<OrganisationList, number>>;
/** GET /api/organisation-lists/:list?region=&organisation=&after=: the branches of a list, by code (a page). */
export interface ListedOrganisation {
  readonly organisationId: string;
  readonly code: string;
  readonly name: string;
  readonly region: string;
  readonly members: number;
}

/** POST /api/regions/merge → {into}: villages become part of another from that day on. */
export const MergeRegionsRequest = Type.Object(
  {
    region: RegionCode,
    from: Type.Array(RegionCode, { minItems: 1, maxItems: 16 }),
    day: Day,
  },
  closed,
);
/** POST /api/regions/move → {region}: a village or township gets the code `to`, with all below it. */
export const MoveRegionRequest = Type.Object(
  { region: RegionCode, to: RegionCode, day: Day },
  closed,
);
