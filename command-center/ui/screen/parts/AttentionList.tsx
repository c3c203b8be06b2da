import type { AttentionItem } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { answerClock, isWithin } from '@sightline/contracts';
import { causeOf } from '#domain/attention-cause.ts';
import { chooseShown } from '#domain/choose-shown.ts';
import { useCentreNow, useView } from '../link/use-view.ts';
import { placeWords } from './place-words.ts';
import { clockWords, waitedWords } from './time-words.ts';
import { useRegion } from './use-region.ts';

/** 等待处理, oldest first, each with its clock. */
export function AttentionList({ shown }: { readonly shown: number }): ReactElement {
  const { t } = useWords();
  const { model } = useView();
  const { region, root } = useRegion();
  const looked = region ?? root;
  const items = (model?.attention ?? []).filter((item) => concerns(item, looked));
  // The line that says how many more there are takes the room of one.
  const visible = chooseShown(items, items.length > shown ? shown - 1 : shown);
  return (
    <section className="waiting">
      <h2>
        {t('waiting')}
        <span>{items.length}</span>
      </h2>
      {items.length === 0 && <p className="waiting-none">{t('nothingWaits')}</p>}
      <ol>
        {visible.map((item) => (
          <li key={item.id}>
            <Card item={item} />
          </li>
        ))}
      </ol>
      {visible.length < items.length && (
        <p className="waiting-more">{t('more', { count: items.length - visible.length })}</p>
      )}
    </section>
  );
}

/** What is true of a place concerns all within it, but who complained there is not to be guessed. */
function concerns({ kind, region }: AttentionItem, looked: string): boolean {
  if (kind === 'part-down' || isWithin(region, looked)) return true;
  return kind !== 'complaint-overdue' && isWithin(looked, region);
}

function Card({ item }: { readonly item: AttentionItem }): ReactElement {
  const { t, language } = useWords();
  const { go } = useRegion();
  const now = useCentreNow();
  const place = item.kind === 'part-down' ? '' : placeWords(item.region, language);
  const words = {
    count: item.count,
    of: item.detail,
    level: t(`level.${levelOf(item.region)}`),
    time: clockWords(item.since),
    part: t(`part.${item.detail}`, { defaultValue: item.detail }),
    reason: t(`reason.${item.detail}`, { defaultValue: item.detail }),
  };
  const overdue = answerClock(Temporal.Instant.from(item.since), now);
  const waited =
    item.kind === 'complaint-overdue'
      ? t('complaint.clock.over', { count: overdue.days })
      : waitedWords(item.since, now);
  const body = (
    <>
      <span className="card-head">
        <strong>
          {place !== '' && <span>{`${place}\u00a0· `}</span>}
          <span className="card-what">{t(`attention.${item.kind}`, words)}</span>
        </strong>
        <time dateTime={item.since}>{waited}</time>
      </span>
      <span className="card-detail">{t(`attention.${item.kind}${detailOf(item)}`, words)}</span>
    </>
  );
  const look = `card card-${item.kind}`;
  // A part of the centre stands in no village: there is nowhere to go.
  if (item.kind === 'part-down') return <div className={look}>{body}</div>;
  return (
    <button type="button" className={look} onClick={() => go(item.region)}>
      {body}
    </button>
  );
}

function detailOf(item: AttentionItem): 'Detail' | 'Shared' | 'Some' {
  if (item.kind !== 'region-dark') return 'Detail';
  return causeOf(item) === 'shared' ? 'Shared' : 'Some';
}

function levelOf(region: string): 'county' | 'township' | 'village' {
  if (region.length === 12) return 'village';
  return region.length === 9 ? 'township' : 'county';
}
