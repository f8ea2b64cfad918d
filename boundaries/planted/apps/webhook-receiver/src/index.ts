export const thing = 'webhook-receiver';
