import { refuse, type LeftOutVillage, type Refusal, type Region } from '@sightline/contracts';

/** 抽查次数. So that nobody is called to the terminal again and again. */
export const spotCheckQuota = {
  /** A day of Asia/Shanghai. */
  perVillageAndDay: 2,
  perAccountAndHour: 6,
} as const;

/** A village as an order finds it. */
export interface AskedVillage {
  readonly region: Region;
  readonly isEquipped: boolean;
  readonly rungToday: number;
}

export interface SpotCheckGround {
  /** Of the region asked for. */
  readonly villages: readonly AskedVillage[];
  /** Given by the account within the last hour. */
  readonly ordersThisHour: number;
}

/** Which villages ring, and which are left out with the reason. */
export interface PlannedSpotCheck {
  readonly rings: readonly Region[];
  readonly leftOut: readonly LeftOutVillage[];
}

/** What an order would do: the rest rings where some cannot. */
export function planSpotCheck({ villages }: Pick<SpotCheckGround, 'villages'>): PlannedSpotCheck {
  const rings: Region[] = [];
  const leftOut: LeftOutVillage[] = [];
  for (const { region, isEquipped, rungToday } of villages) {
    if (!isEquipped) leftOut.push({ region, why: 'not-equipped' });
    else if (rungToday >= spotCheckQuota.perVillageAndDay)
      leftOut.push({ region, why: 'quota-used' });
    else rings.push(region);
  }
  return { rings, leftOut };
}

/** 下达抽查. Refused where no village would ring, or the account has ordered enough for this hour. */
export function decideSpotCheck(ground: SpotCheckGround): PlannedSpotCheck | Refusal {
  if (ground.ordersThisHour >= spotCheckQuota.perAccountAndHour) {
    return refuse(
      'orders-used',
      `An account orders at most ${spotCheckQuota.perAccountAndHour} spot checks an hour. Wait a while.`,
    );
  }
  const planned = planSpotCheck(ground);
  if (planned.rings.length > 0) return planned;
  return planned.leftOut.some(({ why }) => why === 'quota-used')
    ? refuse('quota-used', 'Every village there was checked often enough today.')
    : refuse('nobody-to-ring', 'No village there has a terminal.');
}

/** What withdrawing and calling back rest on. */
export interface StandingCheck {
  readonly until: string;
  readonly isWithdrawn: boolean;
}

/** Whether it may be withdrawn: it rings still; null = yes. */
export function refuseWithdrawal(
  { until, isWithdrawn }: StandingCheck,
  now: Temporal.Instant,
): Refusal | null {
  if (isWithdrawn) return refuse('withdrawn-before', 'It was withdrawn already.');
  if (Temporal.Instant.compare(now, Temporal.Instant.from(until)) < 0) return null;
  return refuse('already-over', 'Its time is over: nothing rings any more.');
}

/** Whether a call back may be noted for that village; null = yes. */
export function refuseCallBack(village: { readonly asked: boolean } | null): Refusal | null {
  if (village === null) return refuse('not-rung', 'That village did not ring in this check.');
  return village.asked ? null : refuse('no-call-asked', 'That village did not ask to be called.');
}
