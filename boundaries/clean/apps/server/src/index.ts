export const thing = 'server';
