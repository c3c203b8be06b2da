import type { SpotCheckFunnel, SpotCheckProgress } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useSpellLength } from './spell-length.ts';

const stages = ['rung', 'delivered', 'shown', 'answered'] as const;

/** 漏斗: how far the ring has come, each stage beside the whole. */
export function Funnel({ funnel }: { readonly funnel: SpotCheckFunnel }): ReactElement {
  const { t } = useWords();
  const { tooLate, answeredLate, callsWaiting } = funnel;
  const beside = { callsWaiting, tooLate, answeredLate };
  return (
    <section className="funnel" aria-label={t('checks.funnel')}>
      <dl>
        {stages.map((stage) => (
          <div key={stage}>
            <dt>{t(`checks.stage.${stage}`)}</dt>
            <dd>
              <span className="bar-room" aria-hidden="true">
                <span
                  className={`bar bar-${stage}`}
                  style={{ width: `${(100 * funnel[stage]) / Math.max(1, funnel.rung)}%` }}
                />
              </span>
              <b data-stage={stage}>{funnel[stage].toLocaleString('en')}</b>
            </dd>
          </div>
        ))}
      </dl>
      <p className="funnel-beside">
        {(['callsWaiting', 'tooLate', 'answeredLate'] as const)
          .filter((key) => beside[key] > 0)
          .map((key) => (
            <span key={key} className={key === 'callsWaiting' ? 'tag is-calling' : 'tag'}>
              {t(`checks.beside.${key}`, { count: beside[key] })}
            </span>
          ))}
      </p>
    </section>
  );
}

interface StripProps {
  readonly progress: SpotCheckProgress;
  readonly seconds: number;
}

/** 应答时间: every answer as a stroke between the order and the end. */
export function AnswerStrip({ progress, seconds }: StripProps): ReactElement {
  const { t } = useWords();
  const spell = useSpellLength();
  const whole = seconds * 1000;
  const reached = progress.villages.flatMap(({ reachMs }) => (reachMs === null ? [] : [reachMs]));
  return (
    <section className="answer-strip" aria-label={t('checks.answerTimes')}>
      <h2>{t('checks.answerTimes')}</h2>
      <svg viewBox="0 0 1000 48" preserveAspectRatio="none" aria-hidden="true">
        <line x1="0" y1="47" x2="1000" y2="47" className="strip-ground" />
        {reached.map((ms, index) => {
          const x = Math.min(1000, (1000 * ms) / whole);
          // Two villages may answer in the same millisecond.
          return (
            <line key={`${ms}/${index}`} x1={x} x2={x} y1="8" y2="46" className="strip-answer" />
          );
        })}
      </svg>
      <p className="strip-scale">
        <span>0</span>
        <span>{spell(whole)}</span>
      </p>
      <p>
        {t('checks.p50')} <b>{spell(progress.reachP50Ms)}</b>
        <span className="strip-gap" />
        {t('checks.p95')} <b>{spell(progress.reachP95Ms)}</b>
      </p>
    </section>
  );
}
