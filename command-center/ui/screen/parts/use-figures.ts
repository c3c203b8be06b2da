import { useMemo } from 'react';
import { figuresBelow, figuresOf, type Figures } from '#domain/live-figures.ts';
import { useView } from '../link/use-view.ts';

/** The figures of a region and of the divisions below it. */
export function useFigures(region: string): {
  readonly whole: Figures;
  readonly below: readonly Figures[];
} {
  const { model, shift, doubt } = useView();
  return useMemo(() => {
    const input = { cells: model?.cells.values().toArray() ?? [], shift, doubt };
    return { whole: figuresOf(region, input), below: figuresBelow(region, input) };
  }, [model, shift, doubt, region]);
}
