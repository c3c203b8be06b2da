import { useEffect, useState, type ComponentType, type ReactElement } from 'react';

/**
 * A page that is fetched once the first one stands and nothing else is to be done, or when it is opened,
 * whichever comes first; fetched, it is there in the same frame as a page that came with the first. Where
 * it is not there any more, the agent was renewed meanwhile: the whole page is loaded anew.
 */
export function lazyPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting: ComponentType = Empty,
): (props: Props) => ReactElement {
  let page: ComponentType<Props> | null = null;
  const fetchPage = async (): Promise<ComponentType<Props>> => (page ??= await load());
  // What could not be fetched now is asked for again when it is opened.
  requestIdleCallback(() => void fetchPage().catch(() => undefined));
  return function LazyPage(props) {
    const [Page, setPage] = useState(() => page);
    useEffect(() => {
      if (Page !== null) return;
      fetchPage().then(
        (fetched) => setPage(() => fetched),
        () => location.reload(),
      );
    }, [Page]);
    return Page === null ? <Waiting /> : <Page {...props} />;
  };
}

function Empty(): ReactElement {
  return <main />;
}
