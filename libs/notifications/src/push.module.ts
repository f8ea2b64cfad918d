import { Module } from '@nestjs/common';
import { PushCourier } from './application/push-courier.js';
import {
  ListPushDevices,
  SubscribePush,
  TestPush,
  UnsubscribePush,
  UpdatePush,
} from './application/push-devices.js';
import { QueuePushes } from './application/queue-pushes.js';
import { SendPushes } from './application/send-pushes.js';

@Module({
  providers: [
    PushCourier,
    QueuePushes,
    SendPushes,
    SubscribePush,
    UpdatePush,
    UnsubscribePush,
    TestPush,
    ListPushDevices,
  ],
  exports: [QueuePushes, SendPushes],
})
export class PushModule {}
