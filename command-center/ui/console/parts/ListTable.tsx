import { EmptyState } from '@sightline/look';
import { Table, type TableColumnsType, type TableProps } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import type { PagedList } from '../api/use-list.ts';
import { Pager } from './Pager.tsx';
import { ProblemLine } from './ProblemLine.tsx';
import { useRowKeys } from './use-row-keys.ts';

interface Props<T> {
  readonly list: PagedList<T>;
  readonly rowKey: (row: T) => string;
  readonly columns: TableColumnsType<T>;
  readonly empty: { readonly title: ReactNode; readonly whatToDo: ReactNode };
  /** The row whose thing stands beside the list; null = none. */
  readonly selected?: string | null;
  /** A click, or Enter on the marked row. Without it rows are only read. */
  readonly onOpen?: (row: T) => void;
  readonly expandable?: TableProps<T>['expandable'];
}

/** A page of a list: its rows, the keys that go through them, and the way to the next page. */
export function ListTable<T extends object>(props: Props<T>): ReactElement {
  const { list, rowKey, columns, empty, selected = null, onOpen, expandable } = props;
  const marked = useRowKeys({ rows: list.items, rowKey, selected, onOpen });
  return (
    <>
      <ProblemLine problem={list.problem} />
      <Table<T>
        size="middle"
        rowKey={rowKey}
        columns={columns}
        dataSource={[...list.items]}
        loading={list.isLoading}
        pagination={false}
        {...(expandable === undefined ? {} : { expandable })}
        rowClassName={(row) => {
          const isMarked = rowKey(row) === marked;
          return `${onOpen === undefined ? '' : 'row'}${isMarked ? ' is-selected' : ''}`;
        }}
        onRow={(row) => ({
          'aria-current': rowKey(row) === marked ? true : undefined,
          ...(onOpen === undefined
            ? {}
            : { onClick: ({ target }) => (isLink(target) ? undefined : onOpen(row)) }),
        })}
        locale={{ emptyText: list.isLoading ? ' ' : <EmptyState {...empty} /> }}
      />
      <Pager {...list} />
    </>
  );
}

/** A link or a button inside a row does its own. */
function isLink(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button') !== null;
}
