import type { ImportView } from '@sightline/contracts';
import { Notice, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { FaultText } from './FaultText.tsx';
import { ImportActs } from './ImportActs.tsx';
import { ImportErrors } from './ImportErrors.tsx';
import { isWorking, useImport } from './use-imports.ts';

interface Props {
  readonly importId: string;
  readonly onClose: () => void;
}

/** One import: how far it is, what it would do, what is wrong with it, and the next step. */
export function ImportDetail({ importId, onClose }: Props): ReactElement {
  const { t } = useWords();
  const { data, error } = useImport(importId);
  return (
    <article className="village" aria-label={data?.fileName ?? t('imports.one')}>
      <header className="village-head">
        <div>
          <p className="quiet">{data === undefined ? '' : t(`imports.kinds.${data.kind}`)}</p>
          <h2 className="break">{data?.fileName ?? t('imports.one')}</h2>
        </div>
        <button type="button" className="close" aria-label={t('button.close')} onClick={onClose}>
          ✕
        </button>
      </header>
      <ProblemLine problem={error} />
      {data !== undefined && <Body view={data} />}
    </article>
  );
}

function Body({ view }: { readonly view: ImportView }): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  return (
    <>
      <p className="quiet">
        {placeName(regions, view.region)} · <When at={view.madeAt} />
      </p>
      <p role="status" className={view.state === 'failed' ? 'problem' : undefined}>
        <strong>{t(`imports.state.${view.state}`)}</strong>
        <span className="quiet"> {t(`imports.stateWhat.${view.state}`)}</span>
      </p>
      {isWorking(view.state) && <Progress view={view} />}
      {view.faults.length > 0 && (
        <Notice
          tone="fault"
          title={t('imports.notDone')}
          detail={view.faults.map((fault, index) => (
            // Faults have no name of their own and never change places.
            <FaultText key={index} fault={fault} />
          ))}
          remedy={t('imports.nothingChanged')}
        />
      )}
      {view.state !== 'failed' && <Figures view={view} />}
      <ImportActs view={view} />
      {view.wrong > 0 && <ImportErrors importId={view.importId} />}
    </>
  );
}

function Progress({ view }: { readonly view: ImportView }): ReactElement {
  const { t } = useWords();
  const { rowsRead, rowsTotal } = view;
  const isCounting = rowsTotal === null || view.state !== 'reading';
  return (
    <div className="import-progress">
      <progress
        aria-label={t(`imports.state.${view.state}`)}
        {...(isCounting ? {} : { value: rowsRead, max: Math.max(rowsTotal, 1) })}
      />
      <span className="quiet">{t('imports.rowsRead', { count: rowsRead })}</span>
    </div>
  );
}

const outcomes = ['toAdd', 'toChange', 'same', 'wrong'] as const;

/** 新增 12 · 修改 3 · 相同 980 · 有误 2 */
function Figures({ view }: { readonly view: ImportView }): ReactElement {
  const { t } = useWords();
  return (
    <dl className="figures">
      {outcomes.map((outcome) => (
        <div key={outcome} className={outcome === 'wrong' && view.wrong > 0 ? 'warn' : undefined}>
          <dt>{t(`imports.outcome.${outcome}`)}</dt>
          <dd>{view[outcome].toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
  );
}
