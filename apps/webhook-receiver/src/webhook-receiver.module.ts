import { Module } from '@nestjs/common';
import { loadConfigs } from '@clawtank/config';
import { HttpModule } from '@clawtank/http';
import { WebhookSecrets } from './secrets.js';
import { WebhookDoor } from './webhook-door.js';
import { WebhookExamination } from './webhook-examination.js';
import { WebhookConfig } from './webhook.config.js';

/** The webhook receiver. What it needs comes from the global modules of `PlatformModule`. */
@Module({
  imports: [HttpModule],
  providers: [
    { provide: WebhookConfig, useFactory: () => loadConfigs([WebhookConfig]).get(WebhookConfig) },
    WebhookSecrets,
    WebhookDoor,
    WebhookExamination,
  ],
})
export class WebhookReceiverModule {}
