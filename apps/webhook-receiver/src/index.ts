export { WebhookReceiverModule } from './webhook-receiver.module.js';
