import { organisationLists, type OrganisationList as Needing } from '@sightline/contracts';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch, useSearchParams } from 'wouter';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { Composition } from '../organisations/Composition.tsx';
import type { ReadingReason } from '../organisations/MemberSection.tsx';
import { OrganisationDetail } from '../organisations/OrganisationDetail.tsx';
import { NeedingFilter, OrganisationList } from '../organisations/OrganisationList.tsx';
import { OrganisationPane } from '../organisations/OrganisationPane.tsx';
import { useComposition } from '../organisations/use-organisations.ts';
import { ExportButton } from '../parts/ExportButton.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import type { PlaceProps } from '../shell/place-props.ts';
import { useRegion, Workplace } from '../shell/Workplace.tsx';

/** 组织: the organisations of a region, how their members are made up, and a chosen one beside them. */
export function OrganisationsPage({ region, chosen }: PlaceProps): ReactElement {
  const { t } = useTranslation();
  const scope = useRegion(region);
  const regions = useRegions();
  const [, goTo] = useLocation();
  const search = useSearch();
  const [needing, setNeeding] = useNeeding();
  const maySeeComposition = useMay('see-composition');
  const composition = useComposition(scope, { isAsked: maySeeComposition });
  // Asked once a visit: it is forgotten with the page.
  const [reason, setReason] = useState<ReadingReason | null>(null);
  const selected = chosen ?? null;
  return (
    <Workplace
      page="organisations"
      region={scope}
      tree={(drawer) => <OrganisationPane region={scope} selected={selected} {...drawer} />}
      aside={
        selected === null ? null : (
          <OrganisationDetail
            key={selected}
            organisationId={selected}
            reason={reason}
            onReason={setReason}
            onClose={() => goTo(`/organisations/${scope}${search === '' ? '' : `?${search}`}`)}
          />
        )
      }
    >
      <PageHead
        title={placeName(regions, scope)}
        of={t('nav.organisations')}
        acts={
          needing === null ? (
            <ExportButton list="organisations" query={`region=${scope}`} />
          ) : (
            <ExportButton list="organisation-lists" query={`region=${scope}&list=${needing}`} />
          )
        }
      />
      {maySeeComposition ? (
        <>
          <ProblemLine problem={composition.error} />
          {composition.data !== undefined && composition.data.members > 0 && (
            <>
              <p className="quiet">
                {t('composition.lead', {
                  members: composition.data.members.toLocaleString('en'),
                  organisations: composition.data.organisations.toLocaleString('en'),
                })}
              </p>
              {selected === null && <Composition of={composition.data} />}
            </>
          )}
          <NeedingFilter scope={scope} needing={needing} onNeeding={setNeeding} />
        </>
      ) : (
        <p className="quiet">{t('composition.notYours')}</p>
      )}
      <OrganisationList
        scope={scope}
        selected={selected}
        needing={maySeeComposition ? needing : null}
      />
    </Workplace>
  );
}

/** The list that is looked at; the page's address holds it. */
function useNeeding(): readonly [Needing | null, (needing: Needing | null) => void] {
  const [params, setParams] = useSearchParams();
  const needing = organisationLists.find((each) => each === params.get('list')) ?? null;
  return [needing, (next) => setParams(next === null ? {} : { list: next }, { replace: true })];
}
