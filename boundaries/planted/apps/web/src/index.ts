export const thing = 'web';
