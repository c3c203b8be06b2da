import type { OrganisationView } from '@sightline/contracts';
import { Tree } from 'antd';
import { useMemo, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchBox } from '../parts/SearchBox.tsx';
import { useOrganisations, type Organisations } from './use-organisations.ts';

interface Props {
  readonly selected: string | null;
  readonly onChosen: (organisation: OrganisationView) => void;
}

interface Node {
  readonly key: string;
  readonly title: ReactElement;
  readonly children?: Node[];
}

/** 党组织 one below the other, with how many members each has of its own, and a search. */
export function OrganisationTree({ selected, onChosen }: Props): ReactElement {
  const { t } = useTranslation();
  const organisations = useOrganisations();
  const [opened, setOpened] = useState<readonly string[]>([]);
  const nodes = useMemo(() => nodesUnder(null, organisations), [organisations]);
  const tops = organisations.children.get(null)?.map(({ organisationId }) => organisationId) ?? [];
  const choose = (one: OrganisationView) => {
    setOpened([...opened, one.organisationId]);
    onChosen(one);
  };
  return (
    <>
      <SearchBox
        list={organisations.list}
        labelOf={({ name }) => name}
        hint={t('organisations.search')}
        none={t('organisations.noneFound')}
        onChosen={choose}
      />
      <Tree
        blockNode
        treeData={nodes}
        selectedKeys={selected === null ? [] : [selected]}
        expandedKeys={[
          ...new Set([
            ...(tops.length === 1 ? tops : []),
            ...opened,
            ...pathTo(selected, organisations),
          ]),
        ]}
        onExpand={(keys, { node, expanded }) =>
          setOpened(expanded ? keys.map(String) : opened.filter((key) => key !== node.key))
        }
        onSelect={(_, { node }) => {
          const one = organisations.byId.get(node.key);
          if (one !== undefined) choose(one);
        }}
      />
    </>
  );
}

/** Those above an organisation, the nearest first. */
export function pathTo(
  organisationId: string | null,
  organisations: Pick<Organisations, 'byId'>,
): string[] {
  const parentId = organisations.byId.get(organisationId ?? '')?.parentId ?? null;
  return parentId === null ? [] : [parentId, ...pathTo(parentId, organisations)];
}

function nodesUnder(parentId: string | null, organisations: Organisations): Node[] {
  return (organisations.children.get(parentId) ?? []).map(({ organisationId, name, members }) => {
    const title = (
      <span className="region-node">
        <span>{name}</span>
        {members > 0 && <span className="region-count">{members}</span>}
      </span>
    );
    const children = nodesUnder(organisationId, organisations);
    return children.length === 0
      ? { key: organisationId, title }
      : { key: organisationId, title, children };
  });
}
