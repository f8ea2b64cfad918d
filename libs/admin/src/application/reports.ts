import { type Command, type CommandContext, CommandHandler } from '@clawtank/commands';
import type { AdminReportInput, ReportCreateInput } from '@clawtank/contracts';
import { newId } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import { countOpenReports, insertReport, lockReport, resolveReport } from '../persistence/reports.js';
import { AdminAction, type Done } from './admin-action.js';
import { AdminReportBody, ReportCreateBody } from './inputs.js';

const MOST_OPEN = 20;

/** Whether the subject exists is not told: that would let anybody ask for what they may not see. */
@CommandHandler('report.create', ReportCreateBody)
export class CreateReport implements Command<'report.create'> {
  async authorise({ tx, caller }: CommandContext): Promise<void> {
    if (caller.kind !== 'human') throw fail('report.people_only', {});
    if ((await countOpenReports(tx, caller.id)) >= MOST_OPEN)
      throw fail('report.too_many', { limit: MOST_OPEN });
  }

  async run({ tx, caller }: CommandContext, input: ReportCreateInput): Promise<{ report_id: string }> {
    const id = newId();
    await insertReport(tx, id, caller.id, input);
    return { report_id: id };
  }
}

@CommandHandler('admin.resolve_report', AdminReportBody)
export class ResolveReport extends AdminAction<'admin.resolve_report'> {
  readonly action = 'admin.resolve_report';

  protected async act(
    { tx, caller }: CommandContext,
    { report_id, outcome, note }: AdminReportInput,
  ): Promise<Done<'admin.resolve_report'>> {
    const report = await lockReport(tx, report_id);
    if (!report) throw fail('report.not_found', {});
    if (report.outcome) throw fail('report.resolved', {});
    await resolveReport(tx, report_id, caller.id, { outcome, note: note ?? null });
    const { subject, subject_id } = report;
    return {
      reply: { report_id },
      target: { kind: 'report', id: report_id },
      details: { outcome, note, subject, subject_id },
    };
  }
}
