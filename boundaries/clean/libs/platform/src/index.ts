export const thing = 'platform';
