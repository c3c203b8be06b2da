import { StatusDot, useWords, type DotStatus } from '@sightline/look';
import type { ReactElement } from 'react';
import { isWithin } from '@sightline/contracts';
import { feedShown } from '#domain/live-limits.ts';
import { foldFeed, type FoldedLine } from '#domain/fold-feed.ts';
import { useView } from '../link/use-view.ts';
import { placeWords } from './place-words.ts';
import { clockWords } from './time-words.ts';
import { useRegion } from './use-region.ts';

/** 刚刚: the newest lines, places by name and nobody by name. */
export function Feed({ shown }: { readonly shown: number }): ReactElement {
  const { t } = useWords();
  const { model } = useView();
  const { region, root } = useRegion();
  const looked = region ?? root;
  const inside = (model?.feed ?? []).filter((line) => isWithin(line.region, looked));
  const lines = foldFeed(inside, Math.min(shown, feedShown));
  return (
    <section className="feed">
      <h2>{t('justNow')}</h2>
      {lines.length === 0 && <p className="waiting-none">{t('nothingYet')}</p>}
      <ol>
        {lines.map((line) => (
          <Line key={line.position} line={line} />
        ))}
      </ol>
    </section>
  );
}

function Line({ line }: { readonly line: FoldedLine }): ReactElement {
  const { t, language } = useWords();
  const said = sayingOf(line);
  const words = t(line.count > 1 ? `feed.${said.word}Many` : `feed.${said.word}`, {
    count: line.count,
  });
  return (
    <li>
      <time dateTime={line.at}>{clockWords(line.at)}</time>
      <StatusDot status={said.dot} />
      <span>
        {placeWords(line.region, language)} {words}
      </span>
    </li>
  );
}

function sayingOf({ type, detail }: FoldedLine): {
  readonly word: string;
  readonly dot: DotStatus;
} {
  const status = detail['status'];
  if (status === 'online' || status === 'stale' || status === 'offline') {
    return { word: status, dot: status };
  }
  if (type === 'broker.listening-changed') {
    return detail['listening'] === 1
      ? { word: 'listening', dot: 'online' }
      : { word: 'deaf', dot: 'unknown' };
  }
  if (type === 'terminal.enrolled') return { word: 'enrolled', dot: 'unknown' };
  if (type === 'terminal.revoked') return { word: 'revoked', dot: 'not-equipped' };
  return { word: 'checked-in', dot: 'online' };
}
