import {
  isWithin,
  meetingLimits,
  refuse,
  venueSeat,
  type CallMeetingRequest,
  type Refusal,
  type Region,
  type Seat,
} from '@sightline/contracts';

/** So that terminals are not told of more than they hold, and nobody plans for next year. */
export const meetingQuota = {
  /** Planned or open, of one account. */
  perAccount: 4,
  aheadDays: 30,
  /** A start that lies back so far was meant as now. */
  lateSeconds: 60,
} as const;

/** A village as an invitation finds it. */
export interface InvitedVillage {
  readonly region: Region;
  readonly name: string;
  readonly isEquipped: boolean;
  /** 远程开启许可 */
  readonly allowsOpening: boolean;
}

/** A township or county as an invitation finds it. */
export interface InvitedUpper {
  readonly region: Region;
  readonly name: string;
  /** An account of this very region may come in for it. */
  readonly hasDesk: boolean;
}

export interface CallGround {
  /** Of every invited region, each once. */
  readonly villages: readonly InvitedVillage[];
  /** Townships and counties that are invited, or lie above an invited village. */
  readonly uppers: readonly InvitedUpper[];
}

export type Invitation = Pick<CallMeetingRequest, 'kind' | 'region' | 'withUpperVenues'> & {
  readonly invite: readonly Region[];
};

export interface PlannedCall {
  readonly seats: readonly Seat[];
  /** Villages without a terminal. */
  readonly notEquipped: number;
  /** Villages that allow remote opening. */
  readonly autoAnswer: number;
}

/**
 * Whom an invitation reaches: equipped villages, and where asked the townships and counties above them; others of those
 * invited only where somebody can sit there. Never the caller's own.
 */
export function planCall(
  { region, withUpperVenues }: Omit<Invitation, 'invite' | 'kind'>,
  { villages, uppers }: CallGround,
  ownRegion: Region,
): PlannedCall {
  const reached = villages.filter(({ isEquipped }) => isEquipped);
  const above = uppers.filter(
    (upper) =>
      withUpperVenues &&
      isWithin(upper.region, region) &&
      upper.region !== ownRegion &&
      (upper.hasDesk || reached.some((village) => isWithin(village.region, upper.region))),
  );
  const seats = [...above, ...reached].map((place): Seat => ({
    seatId: venueSeat(place.region),
    region: place.region,
    name: place.name,
    role: 'branch',
  }));
  return {
    seats,
    notEquipped: villages.length - reached.length,
    autoAnswer: reached.filter(({ allowsOpening }) => allowsOpening).length,
  };
}

/** Null = every invited region lies within the meeting's. */
export function refuseOutside(region: Region, invite: readonly Region[]): Refusal | null {
  const stranger = invite.find((each) => !isWithin(each, region));
  if (stranger === undefined) return null;
  return refuse('invited-outside', `${stranger} lies outside the meeting's region ${region}.`);
}

/** 召集会议, 连线. What a call makes, or why not. `held`: planned and open ones of the account. */
export function decideCall(
  asked: Invitation & Pick<CallMeetingRequest, 'startsAt'>,
  ground: CallGround,
  by: { readonly region: Region; readonly held: number; readonly now: Temporal.Instant },
): PlannedCall | Refusal {
  const { kind, region, invite, startsAt } = asked;
  const refusal =
    refuseOutside(region, invite) ?? refuseStart(startsAt, by.now) ?? refuseHeld(by.held);
  if (refusal !== null) return refusal;
  const isOneVillage = invite.length === 1 && invite[0]?.length === 12;
  if (kind === 'call' && (!isOneVillage || asked.withUpperVenues)) {
    return refuse('one-village', 'A call is with one village.');
  }
  const planned = planCall(asked, ground, by.region);
  if (planned.seats.length === 0) {
    return refuse('nobody-to-invite', 'No village there has a terminal.');
  }
  if (planned.seats.length <= meetingLimits.seats) return planned;
  return refuse('too-many-seats', `A meeting has at most ${meetingLimits.seats} seats.`);
}

function refuseHeld(held: number): Refusal | null {
  if (held < meetingQuota.perAccount) return null;
  return refuse(
    'meetings-used',
    `An account holds at most ${meetingQuota.perAccount} meetings that are planned or open. End one first.`,
  );
}

function refuseStart(startsAt: string | null, now: Temporal.Instant): Refusal | null {
  if (startsAt === null) return null;
  const ahead = now.until(Temporal.Instant.from(startsAt)).total('seconds');
  if (ahead < -meetingQuota.lateSeconds) return refuse('starts-in-past', 'That time is over.');
  if (ahead <= meetingQuota.aheadDays * 86_400) return null;
  return refuse('starts-too-late', `At most ${meetingQuota.aheadDays} days ahead.`);
}
