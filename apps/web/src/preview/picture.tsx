import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageResponse } from 'next/og';
import { pulseBars, PULSE_HEIGHT, PULSE_WIDTH } from '../story/pulse';
import type { Preview } from './preview';

const PICTURE = { width: 1200, height: 630 } as const;

/** The roles of `tokens.css` in the dark, as far as the picture needs them. */
const INK = {
  page: '#0a1014',
  surface: '#0f161b',
  line: '#26313a',
  text: '#e8edf0',
  quiet: '#b1b9be',
  faint: '#8a949b',
  claw: '#ff815f',
  agent: '#4fc4cf',
  success: '#46b37b',
  warning: '#e0a83c',
  danger: '#f2788f',
  plain: '#b1b9be',
} as const;

const DOTS: Readonly<Record<Preview['agents'][number]['shape'], string>> = {
  idle: INK.faint,
  ready: INK.agent,
  thinking: INK.agent,
  executing: INK.agent,
  testing: INK.agent,
  committing: INK.success,
  waiting: INK.warning,
  error: INK.danger,
  away: INK.line,
};

const SUBSETS = ['latin', 'latin-ext', 'cyrillic', 'greek'];

const fonts = async () =>
  Promise.all(
    SUBSETS.flatMap((subset) =>
      ([500, 600] as const).map(async (weight) => ({
        name: 'Inter',
        weight,
        style: 'normal' as const,
        data: await readFile(
          join(
            process.cwd(),
            `node_modules/@fontsource/inter/files/inter-${subset}-${String(weight)}-normal.woff`,
          ),
        ),
      })),
    ),
  );

let loaded: ReturnType<typeof fonts> | undefined;

function Claw() {
  return (
    <svg width="44" height="44" viewBox="0 0 16 16">
      <path
        fill={INK.claw}
        d="M8.9 1.4C4.6 1.4 1.5 4.3 1.5 8s3.1 6.6 7.4 6.6c3.1 0 5.2-1.7 5.7-4.9-2 1.4-4.3 1.5-5.6.5C7.7 9.1 7.7 6.9 9 5.8c1.3-1 3.6-.9 5.6.5C14.1 3.1 12 1.4 8.9 1.4Z"
      />
    </svg>
  );
}

function PulseLine({ counts }: { counts: readonly number[] }) {
  return (
    <svg width="1072" height="60" viewBox={`0 0 ${PULSE_WIDTH} ${PULSE_HEIGHT}`} preserveAspectRatio="none">
      {pulseBars(counts, false).map(({ x, y, width, height }) => (
        <rect key={x} x={x} y={y} width={width} height={height} fill={INK.faint} />
      ))}
    </svg>
  );
}

/** The element that becomes the picture. */
function Card({ name, state, line, figures, agents, pulse }: Preview) {
  return (
    <div
      style={{
        width: '100%',
        height: '100%',
        display: 'flex',
        flexDirection: 'column',
        padding: '52px 64px 48px',
        background: INK.page,
        color: INK.text,
        fontFamily: 'Inter',
        fontWeight: 500,
      }}
    >
      <div style={{ display: 'flex', alignItems: 'center', fontSize: 32, fontWeight: 600 }}>
        <Claw />
        <div style={{ display: 'flex', marginLeft: 14, flexGrow: 1 }}>ClawTank</div>
        <div
          style={{
            display: 'flex',
            padding: '8px 20px',
            borderRadius: 12,
            fontSize: 26,
            background: INK.surface,
            border: `2px solid ${INK.line}`,
            color: INK[state.tone],
          }}
        >
          {state.word}
        </div>
      </div>
      <div
        style={{
          display: 'block',
          marginTop: 44,
          fontSize: name.length > 24 ? 60 : 84,
          fontWeight: 600,
          letterSpacing: '-0.03em',
          lineHeight: 1.1,
          lineClamp: 2,
        }}
      >
        {name}
      </div>
      <div
        style={{
          display: 'block',
          marginTop: 18,
          fontSize: 34,
          lineHeight: 1.35,
          color: INK.quiet,
          lineClamp: 2,
        }}
      >
        {line}
      </div>
      <div style={{ display: 'flex', flexGrow: 1 }} />
      <div style={{ display: 'flex', gap: 28, fontSize: 28, color: INK.quiet }}>
        {agents.map((agent) => (
          <div key={agent.name} style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
            <div
              style={{
                display: 'flex',
                width: 18,
                height: 18,
                borderRadius: 9,
                background: DOTS[agent.shape],
              }}
            />
            {agent.name}
          </div>
        ))}
      </div>
      <div
        style={{
          display: 'flex',
          gap: 56,
          marginTop: 28,
          paddingTop: 26,
          borderTop: `2px solid ${INK.line}`,
        }}
      >
        {figures.map(({ value, word }) => (
          <div key={word} style={{ display: 'flex', alignItems: 'baseline', gap: 14 }}>
            <div style={{ display: 'flex', fontSize: 44, fontWeight: 600 }}>{value}</div>
            <div style={{ display: 'flex', fontSize: 26, color: INK.faint }}>{word}</div>
          </div>
        ))}
      </div>
      {pulse.length > 0 && (
        <div style={{ display: 'flex', marginTop: 22 }}>
          <PulseLine counts={pulse} />
        </div>
      )}
    </div>
  );
}

/** Draws the picture of a link: PNG. */
export async function draw(preview: Preview): Promise<ArrayBuffer> {
  loaded ??= fonts();
  const picture = new ImageResponse(<Card {...preview} />, { ...PICTURE, fonts: await loaded });
  return picture.arrayBuffer();
}
