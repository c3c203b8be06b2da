import { create } from 'qrcode';
import { useMemo, type ReactElement } from 'react';

/** Light modules around the code (ISO/IEC 18004, 6.3.8). */
const quietModules = 4;

interface Props {
  readonly text: string;
  readonly label: string;
}

/** A QR code, drawn as one path: nothing of the text leaves the page. */
export function QrCode({ text, label }: Props): ReactElement {
  const { size, path } = useMemo(() => draw(text), [text]);
  const side = size + 2 * quietModules;
  return (
    <svg
      className="factor-qr"
      role="img"
      aria-label={label}
      viewBox={`${-quietModules} ${-quietModules} ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <rect x={-quietModules} y={-quietModules} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function draw(text: string): { readonly size: number; readonly path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const cells = Array.from({ length: size * size }, (_, index) => index)
    .filter((index) => modules.data[index])
    .map((index) => `M${index % size} ${Math.floor(index / size)}h1v1h-1z`);
  return { size, path: cells.join('') };
}
