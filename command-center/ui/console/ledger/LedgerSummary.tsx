import {
  dutyVerdicts,
  type CheckInMethod,
  type CorrectionFigures,
  type DutyFigures,
  type DutyVerdict,
} from '@sightline/contracts';
import { DutyBar, StatusDot, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { coverageOf, dutiesIn } from '#domain/watch/duty-figures.ts';
import { verdictDots } from './VerdictWord.tsx';

const methods: readonly CheckInMethod[] = ['face', 'pin-witness', 'pin'];
/** As they are drawn: what is known first, what is open last. */
const drawn = ['on-time', 'covered', 'late', 'absent', 'unknown', 'not-yet', 'open'] as const;

interface Props {
  readonly figures: DutyFigures;
  readonly corrections: CorrectionFigures;
}

/** 到岗率 first, then what it is made of; what is unknown, and what was corrected, stand apart. */
export function LedgerSummary({ figures, corrections }: Props): ReactElement {
  const { t } = useWords();
  const coverage = coverageOf(figures);
  const { verdicts } = figures;
  const there = verdicts['on-time'] + verdicts.late + verdicts.covered;
  const known = there + verdicts.absent;
  const over = known + verdicts.unknown;
  return (
    <section className="composition duty-summary" aria-label={t('dutyLedger.figures')}>
      <div>
        <h3>{t('dutyLedger.coverage')}</h3>
        <p className="duty-coverage">{coverage === null ? '–' : percent(coverage)}</p>
        <p className="quiet">
          {coverage === null
            ? t('dutyLedger.noCoverage')
            : t('dutyLedger.coverageOf', {
                known: known.toLocaleString('en'),
                there: there.toLocaleString('en'),
              })}
        </p>
        <p className="quiet">
          {t('dutyLedger.heardOf', {
            duties: over.toLocaleString('en'),
            known: known.toLocaleString('en'),
          })}
        </p>
      </div>
      <div className="bars">
        <h3>{t('dutyLedger.findings')}</h3>
        <FindingBar figures={figures} />
        <dl className="duty-findings">
          {drawn.map((verdict) => (
            <div key={verdict}>
              <dt>
                <StatusDot status={verdictDots[verdict]} /> {t(`dutyLedger.verdict.${verdict}`)}
              </dt>
              <dd>
                {verdicts[verdict].toLocaleString('en')}
                <Moved verdict={verdict} corrections={corrections} />
              </dd>
            </div>
          ))}
        </dl>
        {figures.completed > 0 && (
          <p className="fine">{t('dutyLedger.completedCount', { count: figures.completed })}</p>
        )}
      </div>
      <MethodBars figures={figures} />
    </section>
  );
}

/** 其中更正为: beside the original count, which it does not change. */
function Moved({
  verdict,
  corrections,
}: {
  readonly verdict: DutyVerdict;
  readonly corrections: CorrectionFigures;
}): ReactElement | null {
  const { t } = useWords();
  const moved = corrections.moved.filter(({ from }) => from === verdict);
  if (moved.length === 0) return null;
  const said = moved.map(({ to, duties }) => `${t(`corrections.verdict.${to}`)} ${duties}`);
  return <span className="quiet duty-moved">{`${t('corrections.moved')} ${said.join(', ')}`}</span>;
}

/** How the duties ended, as one thin bar with the same in words. */
export function FindingBar({ figures }: { readonly figures: DutyFigures }): ReactElement {
  const { t } = useWords();
  const said = dutyVerdicts
    .filter((verdict) => figures.verdicts[verdict] > 0)
    .map((verdict) => `${t(`dutyLedger.verdict.${verdict}`)} ${figures.verdicts[verdict]}`);
  const open = figures.verdicts.open + figures.verdicts['not-yet'];
  const parts = drawn
    .filter((verdict) => verdict !== 'open')
    .map((verdict) => ({
      status: verdictDots[verdict],
      count: verdict === 'not-yet' ? open : figures.verdicts[verdict],
    }));
  return <DutyBar parts={parts} label={said.join(', ') || String(dutiesIn(figures))} />;
}

function MethodBars({ figures }: { readonly figures: DutyFigures }): ReactElement {
  const { t } = useWords();
  const most = Math.max(1, ...methods.map((method) => figures.methods[method]));
  return (
    <div className="bars">
      <h3>{t('dutyLedger.methods')}</h3>
      <dl>
        {methods.map((method) => (
          <div key={method}>
            <dt>{t(`method.${method}`)}</dt>
            <dd>
              <span className="bar-room" aria-hidden="true">
                <span
                  className="bar"
                  style={{ width: `${(100 * figures.methods[method]) / most}%` }}
                />
              </span>
              <span>{figures.methods[method].toLocaleString('en')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** 97.3 %; a whole only where it is one. */
export function percent(part: number): string {
  return `${(Math.floor(part * 1_000) / 10).toFixed(1)} %`;
}
