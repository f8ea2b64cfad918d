export const thing = 'events';
