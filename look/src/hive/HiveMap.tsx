import {
  type ReactElement,
  type RefObject,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useWords } from '#ui/use-words.ts';
import { type Hive, type HiveLayout, type HiveOptions, openHive } from './draw-hive.ts';
import { hiveWordsIn } from './hive-words-in.ts';

interface Props extends HiveOptions {
  readonly layout: HiveLayout;
  /** The region that fills the map; null = the root. The page keeps it (in its address, usually). */
  readonly region: string | null;
  /** Called once the hive is open: the page sends its cells and frames to it. */
  readonly onOpen: (hive: Hive) => void;
}

/** The hive map as a React component: wiring around `openHive`, and what it says aloud. */
export function HiveMap(props: Props): ReactElement {
  const { t, language } = useWords();
  const given = props.words;
  const words = useMemo(() => given ?? hiveWordsIn(t, language), [given, t, language]);
  const [said, setSaid] = useState('');
  const canvas = useRef<HTMLCanvasElement>(null);
  const hive = useHive(canvas, props, setSaid);
  useEffect(() => hive?.speak(words), [hive, words]);
  const place = usePlace(hive, props);
  return (
    <div className="look-hive">
      <canvas ref={canvas} aria-label={t('place.hive', { ns: 'look' })} />
      <div className="look-spoken" aria-live="polite">
        <p>{place}</p>
        <p>{said}</p>
      </div>
    </div>
  );
}

/** Zooms to the region and says it and its state when it is another than before. */
function usePlace(hive: Hive | null, { region, root }: Props): string {
  const [place, setPlace] = useState('');
  const before = useRef(region);
  useEffect(() => {
    if (hive === null) return;
    hive.zoomTo(region);
    if (before.current === region) return;
    before.current = region;
    const shown = region ?? root;
    if (shown !== undefined) setPlace(hive.describe(shown));
  }, [hive, region, root]);
  return place;
}

function useHive(
  canvas: RefObject<HTMLCanvasElement | null>,
  props: Props,
  say: (sentence: string) => void,
): Hive | null {
  const { layout, root } = props;
  const [hive, setHive] = useState<Hive | null>(null);
  const picked = useEffectEvent((code: string) => props.onPick?.(code));
  const hovered = useEffectEvent((code: string | null, open: Hive) => {
    // Whoever points at a cell too small for its name is told it.
    if (canvas.current !== null) canvas.current.title = code === null ? '' : open.describe(code);
    props.onHover?.(code);
  });
  const painted = useEffectEvent((position: number) => props.onPaint?.(position));
  const focused = useEffectEvent((code: string) => props.onFocus?.(code));
  const opened = useEffectEvent((open: Hive) => props.onOpen(open));
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const open = openHive(canvas.current, layout, {
      ...(root === undefined ? {} : { root }),
      onPick: (code) => picked(code),
      onHover: (code) => hovered(code, open),
      onPaint: (position) => painted(position),
      onFocus: (code) => {
        say(open.describe(code));
        focused(code);
      },
    });
    setHive(open);
    opened(open);
    return () => open.close();
  }, [canvas, layout, root, say]);
  return hive;
}
