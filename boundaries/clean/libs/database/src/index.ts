export const thing = 'database';
