export const thing = 'http';
