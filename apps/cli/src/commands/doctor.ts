import { ClawTankError } from '@clawtank/agent-sdk';
import type { DoctorReport, FindingView } from '@clawtank/contracts';
import type { Command } from 'commander';
import type { Cli } from '../cli.js';
import type { Start } from '../start.js';
import { CliError } from '../usage-error.js';
import { cliOf } from './options.js';

const CLOCK_LIMIT_MS = 30_000;
const MARKS = { ok: 'ok     ', warning: 'look at', broken: 'broken ' } as const;

const ok = (part: string, found: string): FindingView => ({ part, state: 'ok', found, mend: null });

/** What can be seen from here, whoever asks: that the server answers, and what time it has. */
async function fromHere(cli: Cli): Promise<readonly FindingView[]> {
  const asked = Date.now();
  const response = await fetch(`${cli.server}/readyz`, { signal: cli.signal }).catch(() => undefined);
  if (!response) {
    const found = `${cli.server} does not answer.`;
    const mend =
      'See that the server runs, and that --server or CLAWTANK_SERVER names the address that people open.';
    return [{ part: 'server', state: 'broken', found, mend }];
  }
  const answered = Date.now();
  const body = await response.text();
  const offMs = (asked + answered) / 2 - Date.parse(response.headers.get('date') ?? '');
  return [
    readyFinding(cli.server, response.status, body),
    ...(Number.isNaN(offMs) ? [] : [clockFinding(offMs)]),
  ];
}

function readyFinding(server: string, status: number, body: string): FindingView {
  if (status === 200 && body.includes('"ready"')) return ok('server', `${server} is ready.`);
  const mend = 'Its log says why; an administrator sees more here.';
  return {
    part: 'server',
    state: status === 200 ? 'warning' : 'broken',
    found: `${server} says: ${body.slice(0, 300)}`,
    mend,
  };
}

function clockFinding(offMs: number): FindingView {
  const found = `This machine and the server are ${(Math.abs(offMs) / 1_000).toFixed(0)} s apart.`;
  if (Math.abs(offMs) < CLOCK_LIMIT_MS) return ok('clock', found);
  return {
    part: 'clock',
    state: 'warning',
    found,
    mend: 'Let both keep time by NTP (systemd-timesyncd, chrony).',
  };
}

/** What the server finds by trying its own parts; only its administrators may have it look. */
async function fromThere(cli: Cli): Promise<readonly FindingView[]> {
  const found = 'Only its administrators may have the server look at itself.';
  const mend = 'Sign in as one of them: clawtank login.';
  const refused: FindingView = { part: 'server', state: 'warning', found, mend };
  if (!cli.credentials.session()) return [refused];
  try {
    const report: DoctorReport = await cli.rest.query('admin.doctor', {}, cli);
    return report.findings;
  } catch (error) {
    if (error instanceof ClawTankError && ['NOT_FOUND', 'AUTHENTICATION_FAILED'].includes(error.code))
      return [refused];
    throw error;
  }
}

const linesOf = ({ part, state, found, mend }: FindingView): string[] => [
  `${MARKS[state]}  ${part.replaceAll('_', ' ')}: ${found}`,
  ...(mend ? [`         ${mend}`] : []),
];

/** Looks from here and from there; exit code 1 when something is broken. */
export function addDoctor(program: Command, start: Start): void {
  program
    .command('doctor')
    .description(
      'try every part of the server, and say how to mend what is broken (most of it for administrators)',
    )
    .action(async (_options: object, command: Command) => {
      const cli = cliOf(command, start);
      const here = await fromHere(cli);
      const isThere = here[0]?.state !== 'broken';
      const findings = [...here, ...(isThere ? await fromThere(cli) : [])];
      const broken = findings.filter(({ state }) => state === 'broken');
      cli.out.result({ server: cli.server, ok: broken.length === 0, findings }, () =>
        findings.flatMap(linesOf),
      );
      if (broken.length > 0) {
        const parts = [...new Set(broken.map(({ part }) => part.replaceAll('_', ' ')))].join(', ');
        throw new CliError('doctor.broken', `broken: ${parts}`);
      }
    });
}
