import type { HandOverLine } from '@sightline/contracts';
import { EmptyState, useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { useList } from '../api/use-list.ts';
import { Pager } from '../parts/Pager.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';

/** 交接班: what is open between the shifts of a village, read anew only when somebody asks (it is audited). */
export function HandOverSection({ region }: { readonly region: string }): ReactElement {
  const { t } = useWords();
  const [state, setState] = useState<'open' | 'all'>('open');
  const list = useList<HandOverLine>({
    key: ['hand-overs'],
    url: `/api/hand-overs?region=${region}&state=${state}&purpose=duty-watch`,
    cursor: 'before',
  });
  return (
    <section className="section" aria-label={t('handOvers.title')}>
      <header className="section-head">
        <h3>{t('handOvers.title')}</h3>
        <span className="filter" role="group" aria-label={t('handOvers.title')}>
          {(['open', 'all'] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={state === each}
              onClick={() => setState(each)}
            >
              {t(`handOvers.${each}`)}
            </button>
          ))}
        </span>
      </header>
      <ProblemLine problem={list.problem} />
      {!list.isLoading && list.items.length === 0 && list.problem === null && (
        <EmptyState title={t('handOvers.none')} whatToDo={t('handOvers.noneWhat')} />
      )}
      <ul className="hand-overs">
        {list.items.map((item) => (
          <HandOver key={item.itemId} item={item} />
        ))}
      </ul>
      <Pager {...list} />
    </section>
  );
}

function HandOver({ item }: { readonly item: HandOverLine }): ReactElement {
  const { t } = useWords();
  const said = item.sentences.map((sentence) => t(`handOver.sentence.${sentence}`));
  return (
    <li>
      <p>
        <strong>{said.join(' · ')}</strong>
        <span className={item.state === 'left' ? 'tag warn' : 'tag'}>
          {t(`handOver.state.${item.state}`)}
        </span>
      </p>
      {item.text !== null && <p className="hand-over-text">{item.text}</p>}
      {item.gone !== null && <p className="quiet">{t(`handOvers.gone.${item.gone}`)}</p>}
      {item.voiceSeconds !== null && (
        <p className="quiet">{t('handOvers.voice', { count: item.voiceSeconds })}</p>
      )}
      <Step what="left" name={item.leftBy} at={item.leftAt} />
      <Step what="accepted" name={item.acceptedBy} at={item.acceptedAt} />
      <Step what="done" name={item.doneBy} at={item.doneAt} />
    </li>
  );
}

interface StepProps {
  readonly what: 'left' | 'accepted' | 'done';
  readonly name: string | null;
  /** Null = it has not come so far. */
  readonly at: string | null;
}

function Step({ what, name, at }: StepProps): ReactElement | null {
  const { t } = useWords();
  if (at === null) return null;
  return (
    <p className="hand-over-step quiet">
      {t(`handOvers.${what}`, { name: name ?? t('handOvers.somebody') })}
      <When at={at} />
    </p>
  );
}
