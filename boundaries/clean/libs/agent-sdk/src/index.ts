export const thing = 'agent-sdk';
