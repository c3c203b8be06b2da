import { Drawer } from 'antd';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { placeName, useRegions } from '../api/use-regions.ts';
import { useMe } from '../api/use-me.ts';
import { RegionPane } from './RegionPane.tsx';

interface Props {
  /** The page's path: choosing a region goes to `/<page>/<region>`. */
  readonly page: string;
  readonly region: string;
  readonly children: ReactNode;
  /** The selected thing; null = nothing is selected. */
  readonly aside?: ReactNode;
  /** Another tree than that of the regions; called with what closes its drawer, where it is in one. */
  readonly tree?: (drawer: { readonly onChosen?: () => void }) => ReactNode;
}

/** Tree on the left, work in the middle, the selected thing on the right. */
export function Workplace({ page, region, children, aside, tree }: Props): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const regions = useRegions();
  const treeIn =
    tree ??
    ((drawer: { readonly onChosen?: () => void }) => (
      <RegionPane page={page} region={region} {...drawer} />
    ));
  const hasAside = aside !== undefined && aside !== null;
  return (
    <div className={`workplace${hasAside ? ' has-aside' : ''}`}>
      <aside className="workplace-tree" aria-label={t('tree.label')}>
        {treeIn({})}
      </aside>
      <button type="button" className="region-button" onClick={() => setOpen(true)}>
        <span aria-hidden="true">☰ </span>
        {placeName(regions, region)}
      </button>
      <Drawer
        open={isOpen}
        onClose={() => setOpen(false)}
        placement="left"
        size={320}
        title={t('tree.label')}
      >
        {treeIn({ onChosen: () => setOpen(false) })}
      </Drawer>
      <main className="workplace-middle">{children}</main>
      {hasAside && <section className="workplace-aside">{aside}</section>}
    </div>
  );
}

/** The region of a route, or the whole of what this account may see. */
export function useRegion(asked: string | undefined): string {
  const { region } = useMe();
  return asked !== undefined && asked.startsWith(region) ? asked : region;
}
