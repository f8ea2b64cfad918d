export const thing = 'admin';
