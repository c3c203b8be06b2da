import {
  dutyPosts,
  type DutyPost,
  type GenerateReply,
  type GenerateRequest,
  type RosterPatterns,
  type VillageRosterView,
} from '@sightline/contracts';
import { Button, Modal, Radio } from 'antd';
import { useId, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { GenerateResult } from './GenerateResult.tsx';
import { PatternForm, type PatternChoice } from './PatternForm.tsx';
import { useRosterCommand } from './use-roster.ts';

interface Props {
  readonly scope: string;
  readonly month: string;
  readonly roster: VillageRosterView | null;
  /** Why it cannot be opened; null = it can. */
  readonly reason: string | null;
}

/** 生成: the rules of each post, then what would stand, then the press that makes it stand. */
export function GenerateButton({ reason, ...form }: Props): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActButton kind="main" reason={reason} onClick={() => setOpen(true)}>
        {t('roster.generate')}
      </ActButton>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        title={t('roster.generateTitle')}
        width={720}
        destroyOnHidden
      >
        <GenerateForm {...form} onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

type Choices = Readonly<Record<DutyPost, PatternChoice>>;

/** What one asks for, before it is tried. */
interface Plan {
  readonly month: string;
  readonly mode: 'fill' | 'replace';
  readonly choices: Choices;
}

interface FormProps extends Omit<Props, 'reason'> {
  readonly onDone: () => void;
}

function GenerateForm({ scope, month, roster, onDone }: FormProps): ReactElement {
  const [plan, setPlan] = useState<Plan>(() => ({
    month,
    mode: 'fill',
    choices: choicesOf(roster?.patterns ?? null),
  }));
  const generation = useGeneration(scope);
  const people = roster?.people ?? null;
  return generation.reply === null ? (
    <PlanForm plan={plan} people={people} generation={generation} onPlan={setPlan} />
  ) : (
    <TriedPlan reply={generation.reply} people={people} generation={generation} onDone={onDone} />
  );
}

type People = VillageRosterView['people'] | null;

interface PlanProps {
  readonly plan: Plan;
  readonly people: People;
  readonly generation: Generation;
  readonly onPlan: (plan: Plan) => void;
}

function PlanForm({ plan, people, generation, onPlan }: PlanProps): ReactElement {
  const { t } = useTranslation();
  const { choices } = plan;
  return (
    <form
      className="roster-form"
      onSubmit={(event) => {
        event.preventDefault();
        void generation.tryOut(plan);
      }}
    >
      <p className="quiet">
        {t(people === null ? 'roster.rulesOfTownship' : 'roster.rulesOfVillage')}
      </p>
      <MonthAndMode plan={plan} onPlan={onPlan} />
      {dutyPosts.map((post) => (
        <PatternForm
          key={post}
          post={post}
          choice={choices[post]}
          people={people}
          onChoice={(choice) => onPlan({ ...plan, choices: { ...choices, [post]: choice } })}
        />
      ))}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={generation.isRunning}>
          {t('roster.tryOut')}
        </Button>
      </div>
      <ProblemLine problem={generation.problem} />
    </form>
  );
}

interface TriedProps {
  readonly reply: GenerateReply;
  readonly people: People;
  readonly generation: Generation;
  readonly onDone: () => void;
}

function TriedPlan({ reply, people, generation, onDone }: TriedProps): ReactElement {
  const { t } = useTranslation();
  const isSame = reply.villages.every(({ changed }) => changed === 0);
  return (
    <div className="roster-form">
      <GenerateResult reply={reply} people={people} />
      <div className="actions">
        <ActButton
          kind="main"
          reason={isSame ? t('roster.nothingChanges') : null}
          isRunning={generation.isRunning}
          onClick={() => void generation.apply().then((isDone) => isDone && onDone())}
        >
          {t('roster.apply')}
        </ActButton>
        <Button onClick={generation.back}>{t('roster.back')}</Button>
      </div>
      <ProblemLine problem={generation.problem} />
    </div>
  );
}

interface Tried {
  readonly asked: Omit<GenerateRequest, 'apply' | 'digest'>;
  readonly reply: GenerateReply;
}

interface Generation {
  /** What would stand; null = not tried yet. */
  readonly reply: GenerateReply | null;
  readonly tryOut: (plan: Plan) => Promise<void>;
  /** Resolves to whether it stands now. */
  readonly apply: () => Promise<boolean>;
  readonly back: () => void;
  readonly isRunning: boolean;
  readonly problem: Error | null;
}

/** The rules are saved, the month is tried by them, and applied as it was shown. */
function useGeneration(scope: string): Generation {
  const [tried, setTried] = useState<Tried | null>(null);
  const patterns = useRosterCommand<{ readonly villages: number }>();
  const generate = useRosterCommand<GenerateReply>();
  const run = (body: object) =>
    generate.run({ method: 'POST', url: '/api/rosters/generate', body });
  const savePatterns = async (choices: Choices): Promise<boolean> => {
    const set = Object.entries(choices).filter(([, choice]) => choice !== 'keep');
    if (set.length === 0) return true;
    const body = { region: scope, posts: Object.fromEntries(set) };
    return (await patterns.run({ method: 'POST', url: '/api/roster-patterns', body })) !== null;
  };
  return {
    reply: tried?.reply ?? null,
    tryOut: async ({ month, mode, choices }) => {
      if (!(await savePatterns(choices))) return;
      const { daysInMonth: days } = Temporal.PlainYearMonth.from(month);
      const asked = { region: scope, from: `${month}-01`, days, mode };
      const reply = await run({ ...asked, apply: false });
      if (reply !== null) setTried({ asked, reply });
    },
    apply: async () => {
      if (tried === null) return false;
      const { asked, reply } = tried;
      const done = await run({ ...asked, apply: true, digest: reply.digest });
      if (done === null) setTried(null);
      return done !== null;
    },
    back: () => setTried(null),
    isRunning: patterns.isRunning || generate.isRunning,
    problem: patterns.problem ?? generate.problem,
  };
}

/** A village's own rules, with those it lacks as none; a township's posts are left as each village has them. */
function choicesOf(patterns: RosterPatterns | null): Choices {
  const of = (post: DutyPost): PatternChoice =>
    patterns === null ? 'keep' : (patterns[post] ?? null);
  return { lead: of('lead'), watch: of('watch'), standby: of('standby') };
}

function MonthAndMode({ plan, onPlan }: Pick<PlanProps, 'plan' | 'onPlan'>): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  return (
    <>
      <div className="person-select">
        <label htmlFor={id} className="quiet">
          {t('roster.month')}
        </label>
        <input
          id={id}
          type="month"
          required
          min="2020-01"
          max="2050-12"
          value={plan.month}
          onChange={({ target }) => onPlan({ ...plan, month: target.value })}
        />
      </div>
      <Radio.Group
        value={plan.mode}
        aria-label={t('roster.mode.label')}
        onChange={({ target }) =>
          onPlan({ ...plan, mode: target.value === 'replace' ? 'replace' : 'fill' })
        }
        options={(['fill', 'replace'] as const).map((value) => ({
          value,
          label: t(`roster.mode.${value}`),
        }))}
      />
    </>
  );
}
