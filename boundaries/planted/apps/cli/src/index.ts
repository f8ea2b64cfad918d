export const thing = 'cli';
