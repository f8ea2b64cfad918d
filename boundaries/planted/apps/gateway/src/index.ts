export const thing = 'gateway';
