import { Segmented } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { RegionPane } from '../shell/RegionPane.tsx';
import { OrganisationTree } from './OrganisationTree.tsx';

interface Props {
  readonly region: string;
  readonly selected: string | null;
  readonly onChosen?: () => void;
}

/** The same organisations by where they stand, or by what they belong to. */
export function OrganisationPane({ region, selected, onChosen }: Props): ReactElement {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const [order, setOrder] = useState<'region' | 'organisation'>('region');
  return (
    <>
      <div className="tree-order">
        <Segmented
          block
          value={order}
          aria-label={t('organisations.order')}
          onChange={setOrder}
          options={[
            { value: 'region', label: t('organisations.byRegion') },
            { value: 'organisation', label: t('organisations.byOrganisation') },
          ]}
        />
      </div>
      {order === 'region' ? (
        <RegionPane
          page="organisations"
          region={region}
          {...(onChosen === undefined ? {} : { onChosen })}
        />
      ) : (
        <div className="region-pane">
          <OrganisationTree
            selected={selected}
            onChosen={(one) => {
              goTo(`/organisations/${one.region}/${one.organisationId}`);
              onChosen?.();
            }}
          />
        </div>
      )}
    </>
  );
}
