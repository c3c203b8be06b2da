import { Tree } from 'antd';
import { useMemo, useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { useMe } from '../api/use-me.ts';
import { parentOf, useRegions, type Regions } from '../api/use-regions.ts';
import { useVillages } from '../api/use-villages.ts';
import { countUnder, type RegionCount } from './count-under.ts';
import { RegionSearch } from './RegionSearch.tsx';

interface Props {
  readonly page: string;
  readonly region: string;
  readonly onChosen?: () => void;
}

interface Node {
  readonly key: string;
  readonly title: ReactElement;
  readonly children?: Node[];
}

/** The regions of this account as a tree with how many villages can be reached, and a search. */
export function RegionPane({ page, region, onChosen }: Props): ReactElement {
  const me = useMe();
  const regions = useRegions();
  const villages = useVillages();
  const [, goTo] = useLocation();
  const [opened, setOpened] = useState<readonly string[]>([]);
  const counts = useMemo(() => countUnder(villages.list), [villages.list]);
  const nodes = useMemo(
    () => nodesUnder(parentOf(me.region), { regions, counts, only: me.region }),
    [regions, counts, me.region],
  );
  const choose = (code: string) => {
    goTo(`/${page}/${code}`);
    setOpened([...opened, code]);
    onChosen?.();
  };
  return (
    <div className="region-pane">
      <RegionSearch onChosen={choose} />
      <Tree
        blockNode
        treeData={nodes}
        selectedKeys={[region]}
        expandedKeys={[...new Set([...opened, ...pathTo(region), me.region])]}
        onExpand={(keys, { node, expanded }) =>
          setOpened(expanded ? keys.map(String) : opened.filter((key) => key !== node.key))
        }
        onSelect={(_, { node }) => choose(node.key)}
      />
    </div>
  );
}

function pathTo(region: string): string[] {
  const parent = parentOf(region);
  return parent === '' ? [] : [...pathTo(parent), parent];
}

interface TreeParts {
  readonly regions: Regions;
  readonly counts: ReadonlyMap<string, RegionCount>;
  /** Where the tree begins. */
  readonly only?: string;
}

function nodesUnder(parent: string, { regions, counts, only }: TreeParts): Node[] {
  return (regions.children.get(parent) ?? [])
    .filter((region) => only === undefined || region.code === only)
    .map(({ code, name }) => {
      const count = counts.get(code);
      const title = (
        <span className="region-node">
          <span>{name}</span>
          {count !== undefined && count.equipped > 0 && (
            <span
              className={count.online < count.equipped ? 'region-count is-short' : 'region-count'}
            >
              {code.length === 12 ? '' : `${count.online}/${count.equipped}`}
            </span>
          )}
        </span>
      );
      const children = nodesUnder(code, { regions, counts });
      return children.length === 0 ? { key: code, title } : { key: code, title, children };
    });
}
