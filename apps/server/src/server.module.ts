import { type DynamicModule, Module } from '@nestjs/common';
import { ApiModule } from '@clawtank/api';
import { GatewayModule } from '@clawtank/gateway';
import { HttpConfig } from '@clawtank/http';
import { PlatformModule } from '@clawtank/platform';
import { WebhookReceiverModule } from '@clawtank/webhook-receiver';

/** All doors in one process, composed of the same modules as the separate ones. */
@Module({})
export class ServerModule {
  static forRoot(env: Readonly<Record<string, string | undefined>>): DynamicModule {
    const platform = PlatformModule.forRoot({ env, configs: [HttpConfig] });
    return { module: ServerModule, imports: [platform, ApiModule, GatewayModule, WebhookReceiverModule] };
  }
}
