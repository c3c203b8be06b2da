import { rungs, type LadderRule, type LadderRuleView, type Rung } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, InputNumber } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/call.ts';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';

/** 提醒规则 that hold for the chosen region, and where they were written. */
export function LadderRules({ scope }: { readonly scope: string }): ReactElement {
  const { t } = useTranslation();
  const regions = useRegions();
  const key = ['ladder-rules', scope];
  const rule = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<LadderRuleView>(`/api/ladder-rules?region=${scope}`, signal),
  });
  if (rule.data === undefined) return <ProblemLine problem={rule.error} />;
  const { writtenAt, channels } = rule.data;
  return (
    <section className="ladder-rules">
      <p>
        {writtenAt === null
          ? t('reminders.ruleDefault')
          : t('reminders.ruleOf', { place: placeName(regions, writtenAt) })}
      </p>
      <p className="quiet">
        {t('reminders.ways')}{' '}
        {['console' as const, ...channels].map((way) => t(`reminders.channel.${way}`)).join(' · ')}
      </p>
      <RuleForm key={JSON.stringify(rule.data.rule)} view={rule.data} scope={scope} />
    </section>
  );
}

interface FormProps {
  readonly view: LadderRuleView;
  readonly scope: string;
}

function RuleForm({ view, scope }: FormProps): ReactElement {
  const { t } = useTranslation();
  const mayChange = useMay('change-watch-rules');
  const [rule, setRule] = useState<LadderRule>(view.rule);
  const write = useCommand([['ladder-rules'], ['ladders']]);
  const save = (given: LadderRule | null) =>
    void write.run({
      method: 'POST',
      url: '/api/ladder-rules',
      body: { region: scope, rule: given },
    });
  const reason = !mayChange
    ? t('reason.role')
    : scope.length > 9
      ? t('problem.rule-too-low')
      : null;
  return (
    <form
      className="rule-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason === null) save(rule);
      }}
    >
      <Checkbox
        checked={rule.isOn}
        onChange={(event) => setRule({ ...rule, isOn: event.target.checked })}
      >
        {t('reminders.isOn')}
      </Checkbox>
      <Minutes rule={rule} onChange={setRule} />
      <Quiet rule={rule} onChange={setRule} />
      <Checkbox
        checked={rule.everyoneMustAnswer}
        onChange={(event) => setRule({ ...rule, everyoneMustAnswer: event.target.checked })}
      >
        {t('reminders.everyone')}
      </Checkbox>
      <div className="actions">
        <ActButton
          kind="main"
          reason={reason}
          isRunning={write.isRunning}
          onClick={() => save(rule)}
        >
          {t('reminders.save')}
        </ActButton>
        {view.writtenAt === scope && (
          <Button onClick={() => save(null)} disabled={reason !== null}>
            {t('reminders.ruleRemove')}
          </Button>
        )}
      </div>
      <ProblemLine problem={write.problem} />
    </form>
  );
}

interface PartProps {
  readonly rule: LadderRule;
  readonly onChange: (rule: LadderRule) => void;
}

/** Minutes after the beginning, a rung a line; and how long an acknowledgement holds. */
function Minutes({ rule, onChange }: PartProps): ReactElement {
  const { t } = useTranslation();
  const set = (rung: Rung, minutes: number | null) =>
    onChange({
      ...rule,
      afterMinutes: { ...rule.afterMinutes, [rung]: minutes ?? rule.afterMinutes[rung] },
    });
  return (
    <fieldset>
      <legend>{t('reminders.minutes')}</legend>
      {rungs.map((rung) => (
        <label key={rung} className="rule-line">
          <span>{t(`reminders.rung.${rung}`)}</span>
          <InputNumber
            min={1}
            max={1440}
            value={rule.afterMinutes[rung]}
            onChange={(minutes) => set(rung, minutes)}
          />
        </label>
      ))}
      <label className="rule-line">
        <span>{t('reminders.hold')}</span>
        <InputNumber
          min={1}
          max={1440}
          value={rule.holdMinutes}
          onChange={(minutes) => onChange({ ...rule, holdMinutes: minutes ?? rule.holdMinutes })}
        />
      </label>
    </fieldset>
  );
}

/** The quiet hours, and who is left alone in them. */
function Quiet({ rule, onChange }: PartProps): ReactElement {
  const { t } = useTranslation();
  const quiet = rule.quiet ?? { from: '22:30', to: '06:30' };
  return (
    <fieldset>
      <legend>{t('reminders.quiet')}</legend>
      <Checkbox
        checked={rule.quiet !== null}
        onChange={(event) => onChange({ ...rule, quiet: event.target.checked ? quiet : null })}
      >
        {t('reminders.hasQuiet')}
      </Checkbox>
      {rule.quiet !== null && (
        <>
          <div className="rule-times">
            {(['from', 'to'] as const).map((end) => (
              <label key={end} className="rule-line">
                <span>{t(`reminders.quiet${end === 'from' ? 'From' : 'To'}`)}</span>
                <Input
                  type="time"
                  required
                  value={quiet[end]}
                  onChange={(event) =>
                    onChange({ ...rule, quiet: { ...quiet, [end]: event.target.value } })
                  }
                />
              </label>
            ))}
          </div>
          <Checkbox.Group
            value={[...rule.quietRungs]}
            options={rungs.map((rung) => ({ value: rung, label: t(`reminders.rung.${rung}`) }))}
            onChange={(chosen) =>
              onChange({ ...rule, quietRungs: rungs.filter((rung) => chosen.includes(rung)) })
            }
          />
        </>
      )}
    </fieldset>
  );
}
