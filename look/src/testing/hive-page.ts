/** A page with the hive of 5402 on it, for tests and the bench: `hive`, `layout`, `log` are global. */
export const hivePage = `
<style>
  body { margin: 0; background: #0e1420 }
  canvas { display: block; width: 1000px; height: 800px }
</style>
<canvas></canvas>
<script type="module">
  import { openHive } from '/look/src/hive/draw-hive.ts';
  import { hiveLayout5402 } from '/look/src/hive/hive-layout-5402.ts';
  const count = Number(new URLSearchParams(location.search).get('cells') ?? 1693);
  const grid = (index) => ({ code: '5402' + String(index).padStart(8, '0'), cell: { col: index % 100, row: Math.floor(index / 100) } });
  const square = { counties: [], townships: [], villages: Array.from({ length: count }, (_, index) => grid(index)) };
  window.layout = count === 1693 ? hiveLayout5402 : square;
  window.log = { picked: [], focused: [], painted: [] };
  window.hive = openHive(document.querySelector('canvas'), layout, {
    onPick: (code) => log.picked.push(code),
    onFocus: (code) => log.focused.push(code),
    onPaint: (position) => log.painted.push(position),
  });
  /** Resolves once a frame with these cells ([code, cell] pairs) is on the canvas. */
  window.show = (cells, to = 1) => new Promise((resolve) => hive.applyFrame({ to, cells: new Map(cells) }, resolve));
  /** Resolves after so many painted frames. */
  window.frames = async (count) => { for (let i = 0; i < count; i += 1) await new Promise(requestAnimationFrame); };
  window.isReady = true;
</script>`;
