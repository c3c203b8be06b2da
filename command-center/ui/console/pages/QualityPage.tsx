import { qualityChecks, type QualityCheck, type QualityView } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { isQualityCheck } from '#domain/data-quality.ts';
import { get } from '../api/call.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { QualityList } from '../quality/QualityList.tsx';
import type { PlaceProps } from '../shell/place-props.ts';
import { useRegion, Workplace } from '../shell/Workplace.tsx';

/** 数据质量: what is not right in the register, how much of it where, and the list behind each. */
export function QualityPage({ region, chosen }: PlaceProps): ReactElement {
  const { t } = useTranslation();
  const scope = useRegion(region);
  const regions = useRegions();
  const check = chosen !== undefined && isQualityCheck(chosen) ? chosen : null;
  const { data, error } = useQuery({
    queryKey: ['quality', scope],
    queryFn: ({ signal }) => get<readonly QualityView[]>(`/api/quality?region=${scope}`, signal),
  });
  const found = new Map(data?.map((each) => [each.check, each]));
  return (
    <Workplace page="quality" region={scope}>
      <PageHead title={placeName(regions, scope)} of={t('nav.quality')} />
      <p className="quiet page-lead">{t('quality.lead')}</p>
      <ProblemLine problem={error} />
      <ul className="checks">
        {qualityChecks.map((each) => (
          <li key={each}>
            <CheckCard check={each} found={found.get(each)} scope={scope} isOpen={each === check} />
          </li>
        ))}
      </ul>
      {check !== null && <QualityList key={`${check} ${scope}`} check={check} scope={scope} />}
    </Workplace>
  );
}

interface CardProps {
  readonly check: QualityCheck;
  readonly found: QualityView | undefined;
  readonly scope: string;
  readonly isOpen: boolean;
}

/** ▲ 12 · 无党员的支部: opens the list behind it, or closes it again. */
function CheckCard({ check, found, scope, isOpen }: CardProps): ReactElement {
  const { t } = useTranslation();
  const count = found?.count ?? 0;
  return (
    <article className={isOpen ? 'check is-open' : 'check'}>
      <Link
        href={isOpen ? `/quality/${scope}` : `/quality/${scope}/${check}`}
        aria-current={isOpen ? 'true' : undefined}
      >
        <b className={count > 0 ? 'warn' : 'quiet'}>{found === undefined ? '–' : count}</b>
        <span>{t(`quality.check.${check}`)}</span>
      </Link>
      <Places found={found} scope={scope} check={check} />
    </article>
  );
}

const mostPlaces = 4;

/** Where most of it is; each place narrows the page to itself. */
function Places({ found, scope, check }: Omit<CardProps, 'isOpen'>): ReactElement | null {
  const { t } = useTranslation();
  const regions = useRegions();
  if (found === undefined) return null;
  if (found.count === 0) return <p className="quiet">{t('quality.fine')}</p>;
  const below = found.byRegion.filter(({ region }) => region !== scope);
  const rest = below.length - mostPlaces;
  return (
    <p className="quiet">
      {below.slice(0, mostPlaces).map(({ region, count }) => (
        <Link key={region} className="place-count" href={`/quality/${region}/${check}`}>
          {regions.byCode.get(region)?.name ?? region} {count}
        </Link>
      ))}
      {rest > 0 && t('quality.more', { count: rest })}
    </p>
  );
}
