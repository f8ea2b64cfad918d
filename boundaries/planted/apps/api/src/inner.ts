export const thing = 'inner';
