import { isRefusal, shiftAt, type Shift } from '@sightline/contracts';
import {
  decideCheckIn,
  processClock,
  startTerminal,
  type KnownCheckIn,
  type Outbox,
  type Terminal,
} from '@sightline/edge-agent';
import { simulatedDir, type SimulatorPlan } from './simulator-plan.ts';
import { VillageChecks } from './village-checks.ts';
import { VillageCourses } from './village-courses.ts';
import { dueCheckIns, isDark, planVillageLife, type VillageLife } from './village-life.ts';
import { VillageMeetings } from './village-meetings.ts';
import { VillageNotices } from './village-notices.ts';

export interface VillageWorld {
  readonly dir: string;
  readonly brokerMqttUrl: string;
  readonly brokerHttpUrl: string;
  /** Whether it loses its link by itself now and then. */
  readonly hasOutages: boolean;
  readonly outbox: Outbox;
  readonly version: string;
  readonly startedAt: Temporal.Instant;
  readonly onFault: (error: unknown) => void;
}

/** 模拟终端. One simulated village: the real terminal, with somebody pretending to live there. */
export class SimulatedVillage implements AsyncDisposable {
  readonly region: string;
  readonly #terminal: Terminal;
  readonly #startedAt: Temporal.Instant;
  readonly #hasOutages: boolean;
  readonly #checks: VillageChecks;
  readonly #notices: VillageNotices;
  readonly #meetings: VillageMeetings;
  readonly #courses: VillageCourses;
  #cutByHand = false;
  #isDark = false;
  #day: KnownCheckIn[] = [];
  #life: { readonly shift: Shift; readonly people: string; readonly plan: VillageLife } | null =
    null;

  static async open(row: SimulatorPlan[number], world: VillageWorld): Promise<SimulatedVillage> {
    const terminal = await startTerminal(
      {
        dir: simulatedDir(world.dir, row.terminalId),
        brokerMqttUrl: world.brokerMqttUrl,
        brokerHttpUrl: world.brokerHttpUrl,
        version: world.version,
        ...(row.code === null ? {} : { enrolCode: row.code }),
      },
      { outbox: world.outbox, device: processClock() },
    );
    return new SimulatedVillage(row.region, terminal, world);
  }

  private constructor(
    region: string,
    terminal: Terminal,
    { startedAt, hasOutages, onFault }: VillageWorld,
  ) {
    this.region = region;
    this.#terminal = terminal;
    this.#startedAt = startedAt;
    this.#hasOutages = hasOutages;
    this.#checks = new VillageChecks(region, terminal, { onFault });
    this.#notices = new VillageNotices(region, terminal, onFault);
    this.#meetings = new VillageMeetings(region, terminal, { onFault });
    this.#courses = new VillageCourses(region, terminal, onFault);
  }

  get isEnrolled(): boolean {
    return this.#terminal.state().enrolment === 'enrolled';
  }

  /** The next moment of its life: whoever is due checks in; the link goes and comes. */
  async live(now: Temporal.Instant): Promise<void> {
    const desired = this.#terminal.desired();
    if (desired === null || !this.isEnrolled) return;
    const { shift, plan } = this.#lifeOf(shiftAt(now), desired.people);
    const sinceShiftMs = now.epochMilliseconds - shift.from.epochMilliseconds;
    const sinceStartMs = now.epochMilliseconds - this.#startedAt.epochMilliseconds;
    this.#setDark(this.#cutByHand || (this.#hasOutages && isDark(plan, sinceShiftMs)));
    for (const personId of dueCheckIns(plan, { sinceShiftMs, sinceStartMs })) {
      await this.#checkIn(personId);
    }
  }

  /** Told by hand to lose its link, or to have it back. */
  cut(isCut: boolean): void {
    this.#cutByHand = isCut;
    this.#setDark(isCut);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#checks[Symbol.dispose]();
    this.#notices[Symbol.dispose]();
    this.#meetings[Symbol.dispose]();
    this.#courses[Symbol.dispose]();
    await this.#terminal[Symbol.asyncDispose]();
  }

  #lifeOf(shift: Shift, people: readonly { readonly personId: string }[]) {
    const names = people.map(({ personId }) => personId);
    const known = this.#life;
    if (known?.shift.key === shift.key && known.people === names.join()) return known;
    this.#day = this.#day.filter((known) => known.shift === shift.key);
    const plan = planVillageLife(this.region, shift.key, names);
    return (this.#life = { shift, people: names.join(), plan });
  }

  #setDark(isDark: boolean): void {
    if (this.#isDark === isDark) return;
    this.#isDark = isDark;
    if (isDark) this.#terminal.goDark();
    else this.#terminal.comeBack();
  }

  async #checkIn(personId: string): Promise<void> {
    const desired = this.#terminal.desired();
    const reading = this.#terminal.clock.now();
    if (desired === null || this.#day.some((known) => known.personId === personId)) return;
    const decision = decideCheckIn(
      this.#day,
      { method: 'pin', personId },
      {
        terminalId: desired.terminalId,
        region: desired.region,
        people: desired.people,
        isSimulated: true,
        now: Temporal.Instant.from(reading.at),
      },
    );
    if (isRefusal(decision) || decision.decision === 'already') return;
    this.#day.push({ personId, shift: decision.shift.key, at: reading.at });
    const fact = await this.#terminal.record({
      stream: decision.stream,
      type: 'duty.checked-in',
      actor: `person:${personId}`,
      data: decision.data,
      reading,
    });
    if (isRefusal(fact)) this.#day = this.#day.filter((known) => known.personId !== personId);
  }
}
