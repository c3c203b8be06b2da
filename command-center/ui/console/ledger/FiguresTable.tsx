import type { DutyFigures } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { coverageOf, dutiesIn } from '#domain/watch/duty-figures.ts';
import { FindingBar, percent } from './LedgerSummary.tsx';

interface Props {
  readonly title: string;
  /** What a line is: a region or a day. */
  readonly of: string;
  /** In the order of codes or of days; never of figures. */
  readonly lines: readonly DutyFigures[];
  readonly nameOf: (line: DutyFigures) => string;
  readonly placeOf: (line: DutyFigures) => string;
}

const shown = ['on-time', 'covered', 'late', 'absent', 'unknown'] as const;

/** Figures line by line: each leads to its own page. */
export function FiguresTable({ title, of, lines, nameOf, placeOf }: Props): ReactElement {
  const { t } = useWords();
  return (
    <section className="section" aria-label={title}>
      <header className="section-head">
        <h2>{title}</h2>
      </header>
      <div className="duty-scroll" tabIndex={0} role="group" aria-label={title}>
        <table className="duty-figures">
          <thead>
            <tr>
              <th scope="col">{of}</th>
              <th scope="col">{t('dutyLedger.count')}</th>
              {shown.map((verdict) => (
                <th key={verdict} scope="col">
                  {t(`dutyLedger.verdict.${verdict}`)}
                </th>
              ))}
              <th scope="col">{t('dutyLedger.coverage')}</th>
              <th scope="col" className="duty-bar-cell">
                {t('dutyLedger.findings')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => {
              const coverage = coverageOf(line);
              return (
                <tr key={line.of}>
                  <th scope="row">
                    <Link href={placeOf(line)}>{nameOf(line)}</Link>
                  </th>
                  <td>{dutiesIn(line).toLocaleString('en')}</td>
                  {shown.map((verdict) => (
                    <td key={verdict}>{line.verdicts[verdict].toLocaleString('en')}</td>
                  ))}
                  <td>{coverage === null ? '–' : percent(coverage)}</td>
                  <td className="duty-bar-cell">
                    <FindingBar figures={line} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
