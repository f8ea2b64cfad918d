export const thing = 'auth';
