export { GatewayModule } from './gateway.module.js';
export { prepareGateway } from './server/prepare.js';
