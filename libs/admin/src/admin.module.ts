import { Module } from '@nestjs/common';
import { RoomsModule } from '@clawtank/rooms';
import { DisconnectEverywhere, RevokeTokens } from './application/agent-actions.js';
import {
  ListAllAgents,
  ListAllRooms,
  ListAuditLog,
  ListReports,
  ListUsers,
} from './application/list-queries.js';
import { BacklogExamination } from './application/backlog-examination.js';
import { DatabaseExamination } from './application/database-examination.js';
import { Doctor } from './application/doctor.js';
import { NewsExamination } from './application/news-examination.js';
import { LiveSettings } from './application/live-settings.js';
import {
  GetDelivery,
  GetHealth,
  ListDeadLetters,
  ListDeliveries,
  ListJobs,
} from './application/operations-queries.js';
import { Redeliver, RetryConsumer, RetryJob } from './application/repair-actions.js';
import { CreateReport, ResolveReport } from './application/reports.js';
import { LockRoom, RemoveRoom, UnlockRoom } from './application/room-actions.js';
import { ListSettings, SetSetting } from './application/setting-actions.js';
import { ResetPassword, SuspendUser, UnsuspendUser } from './application/user-actions.js';

const ACTIONS = [
  SuspendUser,
  UnsuspendUser,
  ResetPassword,
  LockRoom,
  UnlockRoom,
  RemoveRoom,
  RevokeTokens,
  DisconnectEverywhere,
  ResolveReport,
  Redeliver,
  RetryJob,
  RetryConsumer,
  SetSetting,
];
const QUERIES = [
  ListUsers,
  ListAllRooms,
  ListAllAgents,
  ListReports,
  ListAuditLog,
  ListDeliveries,
  GetDelivery,
  ListJobs,
  ListDeadLetters,
  ListSettings,
  GetHealth,
  Doctor,
];
const EXAMINATIONS = [DatabaseExamination, NewsExamination, BacklogExamination];

/** What administrators see and do, and the reports that call for them. */
@Module({
  imports: [RoomsModule],
  providers: [...ACTIONS, ...QUERIES, ...EXAMINATIONS, CreateReport, LiveSettings],
})
export class AdminModule {}
