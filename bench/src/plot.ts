import type { Growth } from './rows/growth.js';

const WIDTH = 420;
const HEIGHT = 240;
const LEFT = 64;
const [TOP, RIGHT, BOTTOM] = [34, 44, 36];

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Four plots in one picture; the same figures give the same bytes. */
export function plotOf({ rooms, log }: Growth): string {
  const plots = [
    plot(
      'events/s of one core, by rooms',
      rooms.map(({ rooms: x, eventsPerSecond: y }) => ({ x, y })),
    ),
    plot(
      'KiB held per room with 4 readers, by rooms',
      rooms.map(({ rooms: x, kibPerRoom: y }) => ({ x, y })),
    ),
    plot(
      'events/s one by one, by events in the log',
      log.map(({ log: x, eventsPerSecond: y }) => ({ x, y })),
    ),
    plot(
      'ms to resume over 100, by events in the log',
      log.map(({ log: x, resumeMs: y }) => ({ x, y })),
    ),
  ];
  const placed = plots.map((inner, index) => {
    const [x, y] = [(index % 2) * WIDTH, Math.floor(index / 2) * HEIGHT];
    return `<g transform="translate(${String(x)} ${String(y)})">${inner}</g>`;
  });
  const size = `width="${String(2 * WIDTH)}" height="${String(2 * HEIGHT)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="11" fill="#333">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...placed,
    '</svg>',
    '',
  ].join('\n');
}

/** Decades from left to right, from nothing upwards. */
function plot(title: string, points: readonly Point[]): string {
  const decades = points.map(({ x }) => Math.log10(x));
  const [low, high] = [Math.min(...decades), Math.max(...decades)];
  const top = niceTop(Math.max(...points.map(({ y }) => y)));
  const atX = (x: number): string =>
    fixed(LEFT + ((Math.log10(x) - low) / (high - low || 1)) * (WIDTH - LEFT - RIGHT));
  const atY = (y: number): string => fixed(HEIGHT - BOTTOM - (y / top) * (HEIGHT - TOP - BOTTOM));
  const levels = [0, top / 2, top].flatMap((y) => [
    `<line x1="${String(LEFT)}" x2="${String(WIDTH - RIGHT)}" y1="${atY(y)}" y2="${atY(y)}" stroke="#ddd"/>`,
    `<text x="${String(LEFT - 6)}" y="${atY(y)}" dy="4" text-anchor="end">${y.toLocaleString('en')}</text>`,
  ]);
  const marks = points.flatMap(({ x, y }) => [
    `<circle cx="${atX(x)}" cy="${atY(y)}" r="3.5" fill="#0b6e6e"/>`,
    `<text x="${atX(x)}" y="${String(HEIGHT - BOTTOM + 16)}" text-anchor="middle">${x.toLocaleString('en')}</text>`,
  ]);
  const line = points.map(({ x, y }) => `${atX(x)},${atY(y)}`).join(' ');
  return [
    `<text x="${String(LEFT)}" y="18" font-size="13" font-weight="bold">${title}</text>`,
    ...levels,
    `<polyline points="${line}" fill="none" stroke="#0b6e6e" stroke-width="2"/>`,
    ...marks,
  ].join('\n');
}

const fixed = (value: number): string => value.toFixed(1);

/** The next 1, 2 or 5 with zeros behind it. */
function niceTop(most: number): number {
  const unit = 10 ** Math.floor(Math.log10(most || 1));
  return [1, 2, 5, 10].map((step) => step * unit).find((top) => top >= most) ?? 10 * unit;
}
