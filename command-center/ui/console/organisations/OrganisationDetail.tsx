import type { OrganisationRegionView, OrganisationView } from '@sightline/contracts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { MemberSection, type ReadingReason } from './MemberSection.tsx';
import { pathTo } from './OrganisationTree.tsx';
import { useOrganisationRegions, useOrganisations } from './use-organisations.ts';

interface Props {
  readonly organisationId: string;
  /** Why names are read on this visit; null = not said yet. */
  readonly reason: ReadingReason | null;
  readonly onReason: (reason: ReadingReason) => void;
  readonly onClose: () => void;
}

/** One organisation: what it is, what it belongs to, where it stood, and who belongs to it. */
export function OrganisationDetail(props: Props): ReactElement {
  const { organisationId, reason, onReason, onClose } = props;
  const { t } = useTranslation();
  const organisations = useOrganisations();
  const maySeeMembers = useMay('see-members');
  const one = organisations.byId.get(organisationId);
  const above = pathTo(organisationId, organisations).toReversed();
  return (
    <article className="village" aria-label={one?.name ?? t('organisations.one')}>
      <header className="village-head">
        <div>
          <p className="quiet">
            {above.map((id) => (
              <Above key={id} one={organisations.byId.get(id)} />
            ))}
          </p>
          <h2>{one?.name ?? t('organisations.one')}</h2>
          {one !== undefined && <What one={one} />}
        </div>
        <button type="button" className="close" aria-label={t('button.close')} onClick={onClose}>
          ✕
        </button>
      </header>
      {one === undefined && !organisations.isLoading && (
        <p className="quiet">{t('organisations.notHere')}</p>
      )}
      {maySeeMembers ? (
        <MemberSection organisationId={organisationId} reason={reason} onReason={onReason} />
      ) : (
        <p className="quiet section">{t('members.notYours')}</p>
      )}
      <History organisationId={organisationId} />
    </article>
  );
}

function Above({ one }: { readonly one: OrganisationView | undefined }): ReactElement | null {
  if (one === undefined) return null;
  return (
    <span className="above">
      <Link href={`/organisations/${one.region}/${one.organisationId}`}>{one.name}</Link> ›{' '}
    </span>
  );
}

function What({ one }: { readonly one: OrganisationView }): ReactElement {
  const { t } = useTranslation();
  const regions = useRegions();
  return (
    <>
      <p>
        {t(`organisations.kind.${one.kind}`)}
        {one.isFunctional && <span className="tag">{t('organisations.functional')}</span>}
      </p>
      <p className="quiet">
        {placeName(regions, one.region)} · <span className="code-number">{one.code}</span>
      </p>
    </>
  );
}

/** 沿革: where it stood, and since when. */
function History({ organisationId }: { readonly organisationId: string }): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useOrganisationRegions(organisationId);
  return (
    <section className="section" aria-label={t('organisations.history')}>
      <h3>{t('organisations.history')}</h3>
      <ProblemLine problem={error} />
      <ul className="check-ins">
        {data?.map((row) => (
          <Standing key={row.fromDay} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Standing({ row }: { readonly row: OrganisationRegionView }): ReactElement {
  const { t } = useTranslation();
  const regions = useRegions();
  const { region, fromDay, toDay } = row;
  return (
    <li>
      <span>{placeName(regions, region)}</span>
      <span className="quiet when">
        {toDay === null
          ? t('organisations.since', { day: fromDay })
          : t('organisations.until', { from: fromDay, to: toDay })}
      </span>
    </li>
  );
}
