import { type DirectQuery, QueryHandler } from '@clawtank/commands';
import type { DoctorReport } from '@clawtank/contracts';
import { ailing, type Examination, type Finding } from '@clawtank/kernel';
import { NoInput } from './inputs.js';

const PATIENCE_MS = 12_000;
const WORST_FIRST = ['broken', 'warning', 'ok'] as const;

/** Every examination that this process has, from whatever lib; the composition knows. */
export abstract class Examinations {
  abstract all(): readonly Examination[];
}

/** Tries every part of this node. What fails in trying is a finding too. */
@QueryHandler('admin.doctor', NoInput, { direct: true })
export class Doctor implements DirectQuery<'admin.doctor'> {
  constructor(private readonly examinations: Examinations) {}

  async run(): Promise<DoctorReport> {
    const found = await Promise.all(this.examinations.all().map(patiently));
    const findings = found
      .flat()
      .sort((a, b) => rank(a) - rank(b) || a.part.localeCompare(b.part))
      .map(({ part, state, found: says, mend }) => ({ part, state, found: says, mend }));
    return { at: new Date().toISOString(), findings };
  }
}

const rank = ({ state }: Finding): number => WORST_FIRST.indexOf(state);

async function patiently(examination: Examination): Promise<readonly Finding[]> {
  const part = examination.constructor.name.replace(/Examination$/, '').toLowerCase();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Finding[]>((resolve) => {
    timer = setTimeout(
      () =>
        resolve([ailing(part, 'broken', 'It did not answer in time.', 'Look into the log of this node.')]),
      PATIENCE_MS,
    );
  });
  const tried = examination
    .examine()
    .catch((error: unknown): readonly Finding[] => [
      ailing(
        part,
        'broken',
        error instanceof Error ? error.message : String(error),
        'Look into the log of this node.',
      ),
    ]);
  try {
    return await Promise.race([tried, late]);
  } finally {
    clearTimeout(timer);
  }
}
