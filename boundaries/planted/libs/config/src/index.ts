export const thing = 'config';
